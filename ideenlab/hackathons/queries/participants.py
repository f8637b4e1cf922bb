"""What organisers see of those who registered."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import STATES
from ideenlab.attendance.queries import plain_code
from ideenlab.core.db import db
from ideenlab.core.text import fold
from ideenlab.hackathons.models import Consent, Hackathon, Registration


@dataclass(frozen=True)
class Figures:
    registered: int
    here: int
    absent: int


def attendance_figures(hackathon: Hackathon) -> Figures:
    chosen = select(func.count(), func.count(Registration.checked_in_at), func.count(Registration.no_show_at))
    numbers = db.session.execute(
        chosen.where(Registration.hackathon_id == hackathon.id, Registration.state == "registered")
    ).one()
    return Figures(*numbers)


def found_registrations(hackathon: Hackathon, *, state: str = "", words: str = "") -> Sequence[Registration]:
    """Everybody who ever registered, or those in one state; `words` are looked for in names, skills and tickets."""
    chosen = (
        select(Registration)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.hackathon_id == hackathon.id)
        .options(joinedload(Registration.person), joinedload(Registration.group))
        .order_by(Registration.created_at, Registration.id)
    )
    if state in STATES:
        chosen = chosen.where(Registration.state == state)
    if words:
        chosen = chosen.where(
            or_(
                Person.pseudonym_folded.contains(fold(words), autoescape=True),
                Registration.legal_name.icontains(words, autoescape=True),
                Registration.skills.icontains(words, autoescape=True),
                Registration.ticket_code == plain_code(words),
            )
        )
    return db.session.scalars(chosen).all()


def consent_kinds_of(hackathon: Hackathon) -> dict[int, set[str]]:
    """What is agreed to now, by the number of the registration."""
    chosen = select(Consent.registration_id, Consent.kind).join(Registration)
    chosen = chosen.where(Registration.hackathon_id == hackathon.id, Consent.withdrawn_at.is_(None))
    kinds: dict[int, set[str]] = {}
    for number, kind in db.session.execute(chosen):
        kinds.setdefault(number, set()).add(kind)
    return kinds
