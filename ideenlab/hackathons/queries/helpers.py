"""Who lets people in at the entrance."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import CheckInHelper, Hackathon


def get_helper(helper_id: int) -> CheckInHelper:
    helper = find(CheckInHelper, helper_id)
    if helper is None or helper.ended_at:
        raise NotFound
    return helper


def find_any_helper(person: Person, hackathon: Hackathon) -> CheckInHelper | None:
    """The row, also when it has ended."""
    return db.session.scalar(
        select(CheckInHelper).where(
            CheckInHelper.hackathon_id == hackathon.id, CheckInHelper.person_id == person.id
        )
    )  # fmt: skip


def is_check_in_helper(person: Person, hackathon: Hackathon) -> bool:
    found = find_any_helper(person, hackathon)
    return found is not None and found.ended_at is None


def helpers_of(hackathon: Hackathon) -> Sequence[CheckInHelper]:
    """By pseudonym, with the people."""
    return db.session.scalars(
        select(CheckInHelper)
        .join(Person, Person.id == CheckInHelper.person_id)
        .where(CheckInHelper.hackathon_id == hackathon.id, CheckInHelper.ended_at.is_(None), Person.state == "active")
        .options(joinedload(CheckInHelper.person))
        .order_by(Person.pseudonym_folded, CheckInHelper.id)
    ).all()


def hackathons_helped_by(person: Person, now: datetime) -> Sequence[Hackathon]:
    """Where somebody lets people in and it is not over, the next first."""
    return db.session.scalars(
        select(Hackathon)
        .join(CheckInHelper, CheckInHelper.hackathon_id == Hackathon.id)
        .where(
            CheckInHelper.person_id == person.id, CheckInHelper.ended_at.is_(None), Hackathon.ends_at > now,
            Hackathon.archived_at.is_(None),
        )
        .order_by(Hackathon.starts_at, Hackathon.id)
    ).all()  # fmt: skip
