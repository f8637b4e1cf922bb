from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon, Registration


def find_registration(person: Person, hackathon: Hackathon) -> Registration | None:
    """The place this person has; a cancelled one is none."""
    found = find_any_registration(person, hackathon)
    return found if found and found.state == "registered" else None


def find_any_registration(person: Person, hackathon: Hackathon) -> Registration | None:
    """The row, even when it was cancelled."""
    return db.session.scalar(
        select(Registration).where(Registration.hackathon_id == hackathon.id, Registration.person_id == person.id)
    )


def is_registered(person: Person, hackathon: Hackathon) -> bool:
    return find_registration(person, hackathon) is not None


def registered_hackathon_ids(person: Person) -> set[int]:
    """The hackathons in which this person has a place."""
    return set(
        db.session.scalars(
            select(Registration.hackathon_id).where(
                Registration.person_id == person.id, Registration.state == "registered"
            )
        )
    )


def registrations_of(hackathon: Hackathon) -> Sequence[Registration]:
    """Everybody with a place, with the people: those without a team first, then in the order they came."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.hackathon_id == hackathon.id, Registration.state == "registered")
        .options(joinedload(Registration.person))
        .order_by(Registration.in_team, Registration.created_at, Registration.id)
    ).all()


def people_in_teams_of(hackathon: Hackathon) -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.hackathon_id == hackathon.id, Registration.in_team)
        .order_by(Person.id)
    ).all()


def count_without_team(hackathon: Hackathon) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Registration)
            .where(Registration.hackathon_id == hackathon.id, Registration.state == "registered", ~Registration.in_team)
        )
        or 0
    )
