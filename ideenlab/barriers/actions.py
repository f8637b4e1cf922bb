"""Barriers on our pages: reported without an account, answered in the time that the law of the Land gives."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update

from ideenlab.accounts.models import Person
from ideenlab.barriers.models import Barrier
from ideenlab.barriers.queries import PURPOSE
from ideenlab.barriers.rules import may_answer_barrier
from ideenlab.city.rules import answer_days
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language, speaking
from ideenlab.core.mailtext import write_mail
from ideenlab.core.security import hash_secret
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.mail.actions import queue_mail

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read for something else: no I, O, 0, 1
CODE_LENGTH = 12
SHORTEST, LONGEST = 10, Barrier.text.type.length
LONGEST_TOOLS: int = Barrier.tools.type.length
LONGEST_PAGE: int = Barrier.page.type.length
DOUBLE_CLICK = timedelta(minutes=1)


def report_barrier(
    *, text: str, page: str = "", tools: str = "", email: str | None = None, quietly: bool = False
) -> tuple[Barrier, str]:
    """Keep a report; gives it with its ticket, which stands nowhere else but in the mail to who reported it."""
    text, page, tools = clean_text(text), clean_line(page)[:LONGEST_PAGE], clean_line(tools)
    if not SHORTEST <= len(text) <= LONGEST:
        sentence = _("Please say in %(least)s to %(most)s characters what does not work.", least=SHORTEST, most=LONGEST)
        raise Invalid(sentence, field="text")
    if len(tools) > LONGEST_TOOLS:
        raise Invalid(_("At most %(most)s characters, please.", most=LONGEST_TOOLS), field="tools")
    at, code = now(), "".join(secrets.choice(LETTERS) for _each in range(CODE_LENGTH))
    _refuse_double(text)
    barrier = Barrier(
        code_hash=hash_secret(code, purpose=PURPOSE), text=text, page=page, tools=tools, email=email,
        language=language(), reported_at=at, due_at=at + timedelta(days=answer_days()),
    )  # fmt: skip
    db.session.add(barrier)
    db.session.flush()
    if email and not quietly:
        subject, letter = write_mail("barriers/reported", barrier=barrier, code=shown_code(code))
        queue_mail(recipient=email, subject=subject, text=letter)
    return barrier, code


def shown_code(code: str) -> str:
    """In groups of four, as people read it out."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def typed_code(text: str) -> str:
    """What somebody typed, without what stands between the groups."""
    return "".join(sign for sign in clean_line(text).upper() if sign in LETTERS)[: 2 * CODE_LENGTH]


def answer_barrier(organiser: Person, *, barrier: Barrier, answer: str) -> None:
    """Say what was done. Who left an address gets it by mail; the page of the ticket shows it too."""
    require(may_answer_barrier(organiser, barrier))
    answer = clean_text(answer)
    if not SHORTEST <= len(answer) <= Barrier.answer.type.length:
        most = Barrier.answer.type.length
        raise Invalid(_("An answer has %(least)s to %(most)s characters.", least=SHORTEST, most=most), field="answer")
    done = update(Barrier).where(Barrier.id == barrier.id, Barrier.state == "open")
    done = done.values(state="answered", answer=answer, answered_at=now(), answered_by_id=organiser.id)
    if db.session.execute(done, execution_options={"synchronize_session": False}).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just answered this report."), mine=[(_("Answer"), answer)])
    db.session.refresh(barrier)
    record(organiser, "barriers.answered", barrier)
    if barrier.email:
        with speaking(barrier.language):
            subject, letter = write_mail("barriers/answered", barrier=barrier)
        queue_mail(recipient=barrier.email, subject=subject, text=letter)
    db.session.flush()


def _refuse_double(text: str) -> None:
    """A second press of the button: the first one holds, and its ticket was shown or mailed."""
    same = select(Barrier.id).where(Barrier.text == text, Barrier.reported_at > now() - DOUBLE_CLICK).limit(1)
    if db.session.scalar(same) is not None:
        raise Invalid(_("We have this report already: it came in a moment ago."), field="text")
