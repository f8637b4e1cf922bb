import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from ideenlab.config import Settings
from ideenlab.core.clock import now
from ideenlab.core.db import begin_reading, db, transaction
from ideenlab.core.smtp import LineDown, NotNow, Refused, postman
from ideenlab.core.text import clean_line
from ideenlab.mail.models import Mail
from ideenlab.mail.queries import is_due, is_mail_due

LEASE = timedelta(minutes=5)  # longer than one mail can take: some steps of ten seconds each
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]  # then always the last
GIVES_UP = timedelta(hours=48)
KEPT = timedelta(days=1)  # what was sent keeps its text so long
log = logging.getLogger("ideenlab.mail")


@dataclass(frozen=True)
class Claimed:
    """A mail that this worker has in hand."""

    number: int
    recipient: str
    subject: str
    text: str
    unsubscribe_url: str
    qr_text: str


def queue_mail(
    *, recipient: str, subject: str, text: str, once_key: str | None = None, unsubscribe_url: str = "",
    qr_text: str = "",
) -> None:  # fmt: skip
    """Put a mail into the outbox. With `once_key`, the same thing is told only once.

    `qr_text` goes along as the picture of a QR code; it should stand in the text in letters too.
    """
    if once_key and db.session.scalar(select(Mail.id).where(Mail.once_key == once_key)):
        return
    mail = Mail(
        recipient=recipient, subject=clean_line(subject)[:200], text=text, once_key=once_key,
        unsubscribe_url=unsubscribe_url, qr_text=qr_text,
    )  # fmt: skip
    db.session.add(mail)
    db.session.flush()


def claim_mail() -> Claimed | None:
    """Take one waiting mail in hand, in a transaction of its own: no other worker has it until the lease is over."""
    moment = now()
    next_one = select(Mail.id).where(*is_due(moment)).order_by(Mail.due_at, Mail.id).limit(1)
    taken = (
        update(Mail)
        .where(Mail.id == next_one.with_for_update(skip_locked=True).scalar_subquery(), *is_due(moment))
        .values(claimed_until=moment + LEASE, tries=Mail.tries + 1)
        .returning(Mail.id, Mail.recipient, Mail.subject, Mail.text, Mail.unsubscribe_url, Mail.qr_text)
        .execution_options(synchronize_session=False)
    )
    with transaction():
        row = db.session.execute(taken).first()
    return Claimed(*row) if row else None


def send_mails(settings: Settings, *, stopped: Callable[[], bool] = lambda: False) -> dict[str, int]:
    """Send what is due, one mail after the other, until nothing is or the line is down. Gives the numbers."""
    numbers = {"sent": 0, "later": 0, "given_up": 0}
    with postman(settings) as by_smtp:
        send = by_smtp.send if settings.smtp_host else _keep if settings.demo else _log
        while not stopped() and _anything_due():
            mail = claim_mail()
            if mail is None:
                break
            outcome, goes_on = _send_one(mail, send)
            numbers[outcome] += 1
            if not goes_on:
                break
    return numbers


def _anything_due() -> bool:
    begin_reading()
    return is_mail_due()


def _send_one(mail: Claimed, send: Callable[..., None]) -> tuple[str, bool]:
    """What became of the mail, and whether the line still stands."""
    try:
        send(
            number=mail.number, recipient=mail.recipient, subject=mail.subject, text=mail.text,
            unsubscribe_url=mail.unsubscribe_url, qr_text=mail.qr_text,
        )  # fmt: skip
    except Refused as refused:
        _write_down(mail, error=str(refused), given_up_at=now())
        return "given_up", True
    except NotNow as reason:
        return _later(mail, str(reason)), True
    except LineDown as reason:
        return _later(mail, str(reason)), False
    _mark_sent(mail)
    return "sent", True


def _mark_sent(mail: Claimed) -> None:
    """The mail is gone: this must be known before anything else, or it would be sent again."""
    for pause in (0.1, 0.5, 2, 5, None):
        try:
            _write_down(mail, error="", sent_at=now())
        except Exception:
            if pause is None:
                raise
            log.warning("mail %s was sent but could not be marked yet", mail.number)
            time.sleep(pause)
        else:
            return


def _later(mail: Claimed, error: str) -> str:
    """Try again after a pause that grows, or give up after two days."""
    with transaction():
        row = db.session.get_one(Mail, mail.number)
        moment = now()
        row.last_error, row.claimed_until = error[:300], None
        if moment - row.created_at >= GIVES_UP:
            row.given_up_at = moment
        else:
            row.due_at = moment + PAUSES[min(row.tries, len(PAUSES)) - 1]
        given_up = row.given_up_at is not None
    log.warning("mail %s was not taken: %s", mail.number, clean_line(error))
    return "given_up" if given_up else "later"


def _write_down(mail: Claimed, *, error: str, **values: object) -> None:
    if error:
        log.warning("mail %s is given up: %s", mail.number, clean_line(error))
    with transaction():
        done = update(Mail).where(Mail.id == mail.number).values(last_error=error[:300], claimed_until=None, **values)
        db.session.execute(done.execution_options(synchronize_session=False))


def _keep(**_mail: object) -> None:
    """In a demo city mails stay in the demo mailbox."""


def _log(*, number: int, recipient: str, subject: str, text: str, **_more: object) -> None:
    log.warning("no mail server is set; mail %s to %s: %s\n%s", number, recipient, subject, text)
