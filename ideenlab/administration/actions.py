"""What administrators do for the house: mails once more, a test mail, everybody out."""

from sqlalchemy import delete, update

from ideenlab.accounts.actions import end_sign_in
from ideenlab.accounts.models import Person, SignIn
from ideenlab.administration.queries import waiting_test_mail
from ideenlab.administration.rules import may_administer, may_retry_mail, may_test_mail
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import speaking
from ideenlab.core.mailtext import write_mail
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.mail.actions import queue_mail
from ideenlab.mail.models import Mail


def retry_mail(administrator: Person, *, mail: Mail) -> None:
    """Let the worker try this one now, as if it had just been written."""
    moment = now()
    require(may_retry_mail(administrator, mail, moment))
    mail.given_up_at, mail.due_at, mail.created_at, mail.tries = None, moment, moment, 0
    record(administrator, "mails.retried", mail)
    db.session.flush()


def retry_mails(administrator: Person) -> int:
    """Every mail that was given up or waits for its next try; gives their number."""
    require(may_administer(administrator))
    moment = now()
    again = (
        update(Mail)
        .where(Mail.sent_at.is_(None), Mail.recipient != "", Mail.last_error != "")
        .where(Mail.claimed_until.is_(None) | (Mail.claimed_until <= moment))
        .values(given_up_at=None, due_at=moment, created_at=moment, tries=0)
        .execution_options(synchronize_session=False)
    )
    number = len(db.session.scalars(again.returning(Mail.id)).all())
    record(administrator, "mails.all_retried", administrator, note=str(number))
    db.session.flush()
    return number


def send_test_mail(administrator: Person) -> None:
    """A mail to oneself, through outbox and worker as every other."""
    require(may_test_mail(administrator, waiting_test_mail(administrator)))
    prefix = f"test-mail-{administrator.id}-"
    db.session.execute(
        delete(Mail).where(Mail.once_key.startswith(prefix, autoescape=True)),
        execution_options={"synchronize_session": "fetch"},
    )
    with speaking(administrator.language):
        subject, text = write_mail("administration/test", person=administrator)
    queue_mail(
        recipient=administrator.email or "", subject=subject, text=text, once_key=f"{prefix}{now().timestamp():.6f}"
    )
    record(administrator, "mails.tested", administrator)


def end_one_sign_in(administrator: Person, *, sign_in: SignIn) -> None:
    require(may_administer(administrator))
    record(administrator, "accounts.signed_out_by_administrator", sign_in.person)
    end_sign_in(sign_in.person, sign_in_id=sign_in.id)


def end_every_sign_in(administrator: Person, *, but: SignIn) -> None:
    """After a fright: everybody signs in again, but not who presses the button."""
    require(may_administer(administrator))
    db.session.execute(delete(SignIn).where(SignIn.id != but.id))
    record(administrator, "accounts.all_signed_out", administrator)
    db.session.flush()
