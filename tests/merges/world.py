"""Ideas of one call that belong together, and how to join them in one step."""

from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.ideas.maths import vote_together
from ideenlab.ideas.models import Idea, Support
from ideenlab.merges.actions import answer_merge, propose_merge
from ideenlab.merges.models import Merge
from ideenlab.merges.queries import get_merge, ideas_of_merge
from tests.factories import a_call, a_person, an_idea

REASON = "Beide wollen Bänke an der Hase."


def alike(number: int = 2, **values) -> list[Idea]:
    """So many published ideas of one call, each with an author of its own."""
    call = a_call(**values)
    return [an_idea(call, a_person()) for _number in range(number)]


def proposed(target: Idea, *parts: Idea, moderator=None, reason: str = REASON) -> Merge:
    with transaction():
        return propose_merge(moderator or a_person("moderator"), target=target, parts=parts, reason=reason)


def agree_all(merge: Merge) -> None:
    """Every author who was asked agrees, one after the other."""
    for row in ideas_of_merge(merge):
        if row.answer == "open":
            with transaction():
                answer_merge(row.idea.author, merge=get_merge(merge.id), idea=row.idea, agrees=True)
    db.session.refresh(merge)


def joined(target: Idea, *parts: Idea, moderator=None) -> Merge:
    merge = proposed(target, *parts, moderator=moderator)
    agree_all(merge)
    assert merge.state == "merged"
    return merge


def numbers(idea: Idea) -> tuple[int, int, int]:
    db.session.rollback()
    db.session.refresh(idea)
    return idea.support_count, idea.against_count, idea.unsure_count


def expected(idea: Idea) -> tuple[int, int, int]:
    """The same numbers, worked out anew from every stored vote."""
    db.session.rollback()
    parts = db.session.scalars(select(Idea.id).where(Idea.merged_into_id == idea.id)).all()
    votes = db.session.scalars(select(Support).where(Support.idea_id.in_([idea.id, *parts]))).all()
    counted = []
    for person_id in {vote.person_id for vote in votes}:
        mine = sorted((v for v in votes if v.person_id == person_id), key=lambda v: (v.created_at, v.idea_id))[::-1]
        own = next((vote.value for vote in mine if vote.idea_id == idea.id), None)
        on_parts = [vote.value for vote in mine if vote.idea_id != idea.id]
        counted.append(vote_together(idea.call.support_mode, idea.call.points_most, own, on_parts))
    if idea.call.support_mode != "for_against":
        return sum(vote or 0 for vote in counted), 0, 0
    return counted.count(1), counted.count(-1), counted.count(0)


def votes() -> dict[tuple[int, int], int]:
    """Every stored vote."""
    db.session.rollback()
    rows = db.session.execute(select(Support.idea_id, Support.person_id, Support.value))
    return {(idea_id, person_id): value for idea_id, person_id, value in rows}
