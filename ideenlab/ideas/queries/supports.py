"""What one person voted, for their own eyes only."""

from typing import NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.ideas.maths import vote_together
from ideenlab.ideas.models import Budget, Call, Idea, Support

MOST_VOTES = 500  # of one person in one call, on one page
_OWN = select(Support.value).where(
    Support.idea_id == bindparam("idea_id"), Support.person_id == bindparam("person_id")
)  # fmt: skip


class OwnVote(NamedTuple):
    idea: Idea
    value: int


def own_vote(person: Person | None, idea: Idea) -> int | None:
    """The value of the person's support of an idea, None where there is none."""
    if person is None:
        return None
    return db.session.scalar(_OWN, {"idea_id": idea.id, "person_id": person.id})


def votes_on(person: Person, idea: Idea) -> tuple[int | None, dict[int, int]]:
    """The person's vote on the idea itself, and those on ideas joined into it, by number, the latest first."""
    rows = select(Support.idea_id, Support.value).join(Idea, Idea.id == Support.idea_id)
    of_all = rows.where(Support.person_id == person.id, or_(Idea.id == idea.id, Idea.merged_into_id == idea.id))
    found = db.session.execute(of_all.order_by(Support.created_at.desc(), Support.idea_id.desc())).all()
    values = {idea_id: value for idea_id, value in found}
    return values.pop(idea.id, None), values


def counted_vote(person: Person | None, idea: Idea) -> int | None:
    """How the person counts in the numbers of this idea: by their vote on it, or on ideas joined into it."""
    if person is None or not idea.part_count:
        return own_vote(person, idea)
    own, on_parts = votes_on(person, idea)
    return vote_together(idea.call.support_mode, idea.call.points_most, own, list(on_parts.values()))


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
