"""What one person voted, for their own eyes only."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.ideas.models import Budget, Call, Idea, Support

MOST_VOTES = 500  # of one person in one call, on one page


class OwnVote(NamedTuple):
    idea: Idea
    value: int


def own_vote(person: Person | None, idea: Idea) -> int | None:
    """The value of the person's support of an idea, None where there is none."""
    if person is None:
        return None
    own = select(Support.value).where(Support.idea_id == idea.id, Support.person_id == person.id)
    return db.session.scalar(own)


def points_left(person: Person | None, call: Call) -> int:
    """How many points the person can still spread in a call."""
    if person is None:
        return call.points_each
    spent = select(Budget.spent).where(Budget.call_id == call.id, Budget.person_id == person.id)
    return call.points_each - (db.session.scalar(spent) or 0)


def own_votes(person: Person, call: Call) -> list[OwnVote]:
    """What the person voted for in a call, the latest first."""
    own = (
        select(Idea, Support.value)
        .join(Support, Support.idea_id == Idea.id)
        .where(Idea.call_id == call.id, Support.person_id == person.id)
        .options(joinedload(Idea.call))
        .order_by(Support.created_at.desc(), Idea.id.desc())
        .limit(MOST_VOTES)
    )
    return [OwnVote(idea, value) for idea, value in db.session.execute(own)]
