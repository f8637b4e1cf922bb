"""Somebody objects; the city answers within a month."""

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language, speaking
from ideenlab.core.mailtext import write_mail
from ideenlab.core.text import clean_text
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.mail.actions import queue_mail
from ideenlab.privacy.models import Objection
from ideenlab.privacy.rules import due_after, may_answer_objection

LONGEST_TEXT = 2000


def object_to(person: Person | None, *, text: str, email: str | None, quietly: bool = False) -> Objection:
    """Write an objection down, with or without an account, and say by mail when it is answered."""
    at, text = now(), _checked(text)
    objection = Objection(
        person=person, email=email, text=text, language=language(), made_at=at, due_at=due_after(at),
    )  # fmt: skip
    db.session.add(objection)
    record(person, "privacy.objected", objection)
    if not quietly:
        is_own = person is not None and person.email == email  # else strangers would write to strangers through us
        _write(objection, "objection_received", words=text if is_own else "")
    return objection


def answer_objection(administrator: Person, *, objection: Objection, state: str, answer: str) -> None:
    """Once; whoever is slower is told."""
    require(may_answer_objection(administrator, is_open=objection.state == "open"))
    answer = _checked(answer, field="answer")
    if state not in ("upheld", "dismissed"):
        raise Invalid(_("Please choose one of these."), field="state")
    values = {"state": state, "answer": answer, "answered_at": now(), "answered_by_id": administrator.id}
    answered = update(Objection).where(Objection.id == objection.id, Objection.state == "open").values(values)
    if db.session.execute(answered, execution_options={"synchronize_session": False}).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just answered this objection."))
    db.session.refresh(objection)
    record(administrator, f"privacy.objection_{state}", objection)
    _write(objection, "objection_answered")


def _checked(text: str, *, field: str = "text") -> str:
    text = clean_text(text)
    if not text or len(text) > LONGEST_TEXT:
        raise Invalid(_("Please write 1 to %(most)s characters.", most=LONGEST_TEXT), field=field)
    return text


def _write(objection: Objection, template: str, **values: object) -> None:
    db.session.flush()
    if objection.email:
        with speaking(objection.language):
            subject, text = write_mail(f"privacy/{template}", objection=objection, **values)
        queue_mail(recipient=objection.email, subject=subject, text=text)
