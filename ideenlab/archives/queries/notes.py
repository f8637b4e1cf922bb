from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ideenlab.accounts.models import Person, Role
from ideenlab.archives.maths import months_later
from ideenlab.archives.models import NOTE_MONTHS, AfterNote
from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import city_zone
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import handed_in_of

REMINDED_FOR = timedelta(days=60)  # who was not reached by then is not written to years later


@dataclass(frozen=True)
class Due:
    """A note that could be written by now and is missing."""

    hackathon: Hackathon
    prototype: Prototype
    months: int


def get_months(months: int) -> int:
    if months not in NOTE_MONTHS:
        raise NotFound
    return months


def note_due_at(hackathon: Hackathon, months: int) -> datetime:
    return months_later(hackathon.ends_at, months, zone=ZoneInfo(city_zone()))


def notes_of(prototype: Prototype) -> Sequence[AfterNote]:
    """What became of it, the latest first."""
    chosen = select(AfterNote).where(AfterNote.prototype_id == prototype.id, AfterNote.text != "")
    return db.session.scalars(chosen.order_by(AfterNote.months.desc())).all()


def find_note(prototype: Prototype, months: int) -> AfterNote | None:
    chosen = select(AfterNote).where(AfterNote.prototype_id == prototype.id, AfterNote.months == months)
    return db.session.scalar(chosen)


def is_shown(prototype: Prototype) -> bool:
    """What the moderation has hidden needs no news."""
    return prototype.hidden_at is None


def due_notes(at: datetime) -> list[Due]:
    """Of every hackathon that ended six or twelve months ago, for sixty days; rehearsals have no afterwards."""
    longest = timedelta(days=31 * max(NOTE_MONTHS)) + REMINDED_FOR
    ended = select(Hackathon).where(
        Hackathon.ends_at <= at, Hackathon.ends_at > at - longest, Hackathon.published_at.is_not(None),
        Hackathon.rehearsal_of_id.is_(None),
    )  # fmt: skip
    return [due for hackathon in db.session.scalars(ended.order_by(Hackathon.id)) for due in _due_of(hackathon, at)]


def _due_of(hackathon: Hackathon, at: datetime) -> list[Due]:
    months = [m for m in NOTE_MONTHS if (due_at := note_due_at(hackathon, m)) <= at < due_at + REMINDED_FOR]
    shown = [prototype for prototype, _hand_in in handed_in_of(hackathon) if is_shown(prototype)] if months else []
    return [Due(hackathon, each, m) for m in months for each in shown if find_note(each, m) is None]


def organisers() -> Sequence[Person]:
    chosen = select(Person).join(Role).where(Role.name == "organiser", Person.state == "active")
    return db.session.scalars(chosen.order_by(Person.id)).all()
