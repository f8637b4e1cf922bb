"""Ideas that are joined into another one, and how votes count there: one person once, whatever they voted for.

No vote is changed or deleted by joining or separating. The numbers of the target are those of the people who voted for
it or for one of its parts (`maths.vote_together`); the numbers of a part stay those of its own votes.
Whether ideas may be joined, the floor of merges has asked before.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import or_, select, update

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.ideas.maths import controversy, vote_together, wilson_lower
from ideenlab.ideas.models import Idea, Support

QUIETLY = {"synchronize_session": False}


def lock_ideas(idea_ids: Collection[int]) -> dict[int, Idea]:
    """These ideas as they are now, locked in the order of their numbers until we are done."""
    locked = select(Idea).where(Idea.id.in_(idea_ids)).order_by(Idea.id).with_for_update(key_share=True, of=Idea)
    return {idea.id: idea for idea in db.session.scalars(locked.execution_options(populate_existing=True))}


def join_ideas(target: Idea, *, parts: Sequence[Idea]) -> None:
    """The parts leave lists and search and count with the target. All of them are locked by the caller."""
    numbers = [part.id for part in parts]
    published = Idea.state == "published", Idea.part_count == 0
    moved = update(Idea).where(Idea.id.in_(numbers), *published, Idea.id != target.id)
    joined = moved.values(state="merged", merged_into_id=target.id, is_indexed=False).returning(Idea.id)
    if len(db.session.scalars(joined, execution_options=QUIETLY).all()) != len(numbers):
        raise _changed_meanwhile()
    _recount_target(target, len(numbers))


def separate_ideas(target: Idea, *, parts: Sequence[Idea]) -> None:
    """The parts are what they were before; the target keeps the votes that were given to itself."""
    numbers = [part.id for part in parts]
    joined = update(Idea).where(Idea.id.in_(numbers), Idea.merged_into_id == target.id, Idea.state == "merged")
    back = joined.values(state="published", merged_into_id=None, is_indexed=False).returning(Idea.id)
    if len(db.session.scalars(back, execution_options=QUIETLY).all()) != len(numbers):
        raise _changed_meanwhile()
    _recount_target(target, -len(numbers))


def _recount_target(target: Idea, more_parts: int) -> None:
    counted = update(Idea).where(Idea.id == target.id).values(part_count=Idea.part_count + more_parts)
    db.session.execute(counted, execution_options=QUIETLY)
    recount(target)


def recount(idea: Idea) -> None:
    """Set the numbers of an idea from the votes on it and on its parts. Its row is locked by the caller."""
    rows = (
        select(Support.person_id, Support.idea_id, Support.value)
        .join(Idea, Idea.id == Support.idea_id)
        .where(or_(Idea.id == idea.id, Idea.merged_into_id == idea.id))
        .order_by(Support.person_id, Support.created_at.desc(), Support.idea_id.desc())
    )
    people: dict[int, dict[int, int]] = {}
    for person_id, idea_id, value in db.session.execute(rows):
        people.setdefault(person_id, {})[idea_id] = value
    mode, most = idea.call.support_mode, idea.call.points_most
    counted = [
        vote_together(mode, most, of_one.pop(idea.id, None), list(of_one.values())) for of_one in people.values()
    ]
    votes = [vote for vote in counted if vote is not None]
    db.session.execute(
        update(Idea).where(Idea.id == idea.id).values(numbers_of(mode, votes)), execution_options=QUIETLY
    )
    db.session.refresh(idea)


def numbers_of(mode: str, votes: Sequence[int]) -> dict[str, Any]:
    """The numbers that so many votes make."""
    if mode != "for_against":
        return {"support_count": sum(votes), "against_count": 0, "unsure_count": 0, "certainty": 0, "controversy": 0}
    pro, contra = votes.count(1), votes.count(-1)
    return {
        "support_count": pro, "against_count": contra, "unsure_count": votes.count(0),
        "certainty": wilson_lower(pro, pro + contra), "controversy": min(controversy(pro, contra), LARGEST_ID),
    }  # fmt: skip


def _changed_meanwhile() -> Conflict:
    return Conflict(_("Somebody else has just changed one of these ideas. Please look at them again."))
