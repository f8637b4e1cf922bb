"""The outbox as administrators see it: never the text of a mail."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.paging import Page, read_cursor, write_cursor
from ideenlab.mail.models import Mail

AT_ONCE = 50
_OPEN = (Mail.sent_at.is_(None), Mail.given_up_at.is_(None))
KINDS: dict[str, tuple[Any, ...]] = {
    "waiting": _OPEN,
    "failed": (*_OPEN, Mail.last_error != ""),
    "given_up": (Mail.given_up_at.is_not(None),),
    "sent": (Mail.sent_at.is_not(None), Mail.recipient != ""),
}


def mail_counts() -> dict[str, int]:
    return {
        kind: db.session.scalar(select(func.count()).select_from(Mail).where(*which)) or 0
        for kind, which in KINDS.items()
    }  # fmt: skip


def mails(kind: str, *, cursor: str | None) -> Page[Mail]:
    """The latest first."""
    chosen = select(Mail).where(*KINDS[kind]).order_by(Mail.id.desc()).limit(AT_ONCE + 1)
    if (place := read_cursor(cursor, int)) is not None:
        chosen = chosen.where(Mail.id < place[0])
    rows = list(db.session.scalars(chosen))
    return Page(rows[:AT_ONCE], write_cursor(rows[AT_ONCE - 1].id) if len(rows) > AT_ONCE else "")


def oldest_waiting() -> datetime | None:
    return db.session.scalar(select(func.min(Mail.created_at)).where(*_OPEN))


def _tests_of(person: Person) -> Any:
    return Mail.once_key.startswith(f"test-mail-{person.id}-", autoescape=True)


def latest_test_mail(person: Person) -> Mail | None:
    return db.session.scalar(select(Mail).where(_tests_of(person)).order_by(Mail.id.desc()).limit(1))


def waiting_test_mail(person: Person) -> Mail | None:
    return db.session.scalar(select(Mail).where(_tests_of(person), *_OPEN).order_by(Mail.id.desc()).limit(1))
