"""Supports are not written into the history: nobody sees who supported what, not even the city.

Whoever changes a vote holds the row of the idea (and before it, with points, the row of the person's budget) until the
end of the transaction. So the counters are what the rows say, and certainty is computed from the final counts.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Integer, Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import LARGEST_ID, db, dialect_name
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.verdict import require
from ideenlab.ideas.actions.together import lock_ideas, recount
from ideenlab.ideas.maths import controversy, vote_together, wilson_lower
from ideenlab.ideas.models import Budget, Call, Idea, Support
from ideenlab.ideas.queries import own_vote, votes_on
from ideenlab.ideas.rules import may_support, may_undo_support

QUIETLY = {"synchronize_session": False}


def support_idea(person: Person, *, idea: Idea, value: int = 1) -> int:
    """Vote for an idea in the mode of its call; once more replaces the vote. Gives the count as it is then.

    `value` is 1 for yes or dafür, −1 dagegen, 0 weiß nicht; in calls with points all the points this idea is to have.
    """
    at, call = now(), idea.call
    require(may_support(person, idea, at))
    _check_value(call, value)
    _freeze_rule(call, at)
    if idea.part_count:
        return _vote_together(person, idea, value, at)
    if call.support_mode == "for_against":
        _vote(person, idea, value, at)
    elif call.support_mode == "points":
        _give_points(person, idea, value, at)
    else:
        came = _connection().scalar(_first_yes(dialect_name()), _key(person, idea) | {"created_at": at})
        if came:
            _move_count(idea, 1)
    return idea.support_count


def undo_support(person: Person, *, idea: Idea) -> int:
    """Take the vote back, as long as supports are taken."""
    require(may_undo_support(person, idea, now()))
    mode = idea.call.support_mode
    if idea.part_count:
        return _undo_together(person, idea)
    if mode == "for_against":
        counts = _lock(idea)
    elif mode == "points":
        _lock_budget(person, idea.call)
    gone = _connection().scalar(_TAKEN_BACK, _key(person, idea))
    if gone is None:
        return idea.support_count
    if mode == "for_against":
        counts[gone] -= 1
        _set_counts(idea, counts)
    else:
        _move_count(idea, -gone)
    if mode == "points":
        _spend(person, idea.call, -gone)
    return idea.support_count


def _check_value(call: Call, value: int) -> None:
    allowed = {"yes": range(1, 2), "for_against": range(-1, 2), "points": range(1, call.points_most + 1)}
    if value not in allowed[call.support_mode]:
        raise Invalid(_("This vote does not exist in this call."), field="value")


def _freeze_rule(call: Call, at: datetime) -> None:
    """The first support fixes how supports count. An organiser who changes the rule at this moment comes too late."""
    if call.first_support_at:
        return
    rule = {"support_mode": call.support_mode, "points_each": call.points_each, "points_most": call.points_most}
    first = update(Call).filter_by(id=call.id, first_support_at=None, **rule).values(first_support_at=at)
    if db.session.execute(first, execution_options=QUIETLY).rowcount == 1:  # type: ignore[attr-defined]
        set_committed_value(call, "first_support_at", at)
        return
    db.session.refresh(call)
    if call.first_support_at is None or any(getattr(call, name) != value for name, value in rule.items()):
        raise Conflict(_("The rule of this call has just been changed. Please look at it and vote then."))


def _insert(person: Person, idea: Idea, value: int, at: datetime) -> Any:
    insert: Any = postgresql.insert if dialect_name() == "postgresql" else sqlite.insert
    return insert(Support).values(idea_id=idea.id, person_id=person.id, value=value, created_at=at)


def _store(person: Person, idea: Idea, value: int, at: datetime) -> None:
    key = [Support.idea_id, Support.person_id]
    changes = {"value": value, "created_at": at}
    db.session.execute(_insert(person, idea, value, at).on_conflict_do_update(index_elements=key, set_=changes))


def _vote(person: Person, idea: Idea, value: int, at: datetime) -> None:
    counts = _lock(idea)
    before = own_vote(person, idea)
    if before == value:
        return
    _store(person, idea, value, at)
    if before is not None:
        counts[before] -= 1
    counts[value] += 1
    _set_counts(idea, counts)


def _lock(idea: Idea) -> dict[int, int]:
    """How many are dafür, dagegen and weiß nicht, and nobody else changes it before we are done."""
    counts = select(Idea.support_count, Idea.against_count, Idea.unsure_count, Idea.state, Idea.part_count)
    locked = counts.where(Idea.id == idea.id).with_for_update(key_share=True)
    pro, contra, unsure, state, part_count = db.session.execute(locked).one()
    if (state, part_count) != (idea.state, idea.part_count):
        raise _changed_meanwhile()
    return {1: pro, -1: contra, 0: unsure}


def _set_counts(idea: Idea, counts: dict[int, int]) -> None:
    pro, contra = counts[1], counts[-1]
    values = {
        "support_count": pro, "against_count": contra, "unsure_count": counts[0],
        "certainty": wilson_lower(pro, pro + contra), "controversy": min(controversy(pro, contra), LARGEST_ID),
    }  # fmt: skip
    db.session.execute(update(Idea).where(Idea.id == idea.id).values(values), execution_options=QUIETLY)
    for name, value in values.items():
        set_committed_value(idea, name, value)


def _give_points(person: Person, idea: Idea, points: int, at: datetime) -> None:
    call = idea.call
    spent = _lock_budget(person, call)
    before = own_vote(person, idea) or 0
    left = call.points_each - spent + before
    if points > left:
        raise NotAllowed(_too_many(call, left))
    if points != before:
        _store(person, idea, points, at)
        _spend(person, call, points - before)
        _move_count(idea, points - before)


def _vote_together(person: Person, idea: Idea, value: int, at: datetime) -> int:
    """Vote for an idea into which others were joined: whoever voted for those counts once, by their vote here."""
    mode = idea.call.support_mode
    spent = _lock_budget(person, idea.call) if mode == "points" else 0
    counts = _lock(idea)
    own, on_parts = votes_on(person, idea)
    if mode == "points":
        value -= sum(on_parts.values())  # what is given to the parts counts already
        _check_points(idea.call, value, own or 0, spent, sum(on_parts.values()))
        _spend(person, idea.call, value - (own or 0))
    elif mode == "yes" and on_parts:
        return idea.support_count
    if mode == "points" and not value:
        _delete(person, [idea.id])
        _move_person(idea, counts, (own, None), on_parts)
    elif own != value:
        _store(person, idea, value, at)
        _move_person(idea, counts, (own, value), on_parts)
    return idea.support_count


def _check_points(call: Call, value: int, own: int, spent: int, on_parts: int) -> None:
    if value < 0:
        raise NotAllowed(
            _("You gave more points to ideas that are part of this one now. Take them back first, then give anew.")
        )
    left = call.points_each - spent + own
    if value > left:
        raise NotAllowed(_too_many(call, left + on_parts))


def _move_person(
    idea: Idea, counts: dict[int, int], own: tuple[int | None, int | None], on_parts: Mapping[int, int]
) -> None:
    """The numbers follow from how this one person counted before and counts now."""
    mode, most, values = idea.call.support_mode, idea.call.points_most, list(on_parts.values())
    before, after = (vote_together(mode, most, vote, values) for vote in own)
    if mode != "for_against":
        _move_count(idea, (after or 0) - (before or 0))
        return
    for vote, change in ((before, -1), (after, 1)):
        if vote is not None:
            counts[vote] += change
    _set_counts(idea, counts)


def _undo_together(person: Person, idea: Idea) -> int:
    """Take back everything by which the person counts here, also votes for ideas that are part of this one now."""
    if idea.call.support_mode == "points":
        _lock_budget(person, idea.call)
    seen = idea.state, idea.part_count
    locked = lock_ideas([idea.id, *votes_on(person, idea)[1]])
    if (idea.state, idea.part_count) != seen:
        raise _changed_meanwhile()
    own, on_parts = votes_on(person, idea)
    points = (own or 0) + sum(on_parts.values())
    _delete(person, [idea.id, *on_parts])
    if idea.call.support_mode == "points" and points:
        _spend(person, idea.call, -points)
    for number in (*on_parts, idea.id):
        recount(locked[number])
    return idea.support_count


def _delete(person: Person, idea_ids: list[int]) -> None:
    own = delete(Support).where(Support.person_id == person.id, Support.idea_id.in_(idea_ids))
    db.session.execute(own, execution_options=QUIETLY)


def _lock_budget(person: Person, call: Call) -> int:
    """How many points the person has spread; nobody else changes it before we are done."""
    insert: Any = postgresql.insert if dialect_name() == "postgresql" else sqlite.insert
    fresh = insert(Budget).values(call_id=call.id, person_id=person.id, points_each=call.points_each, spent=0)
    own = fresh.on_conflict_do_update(index_elements=[Budget.call_id, Budget.person_id], set_={"spent": Budget.spent})
    return int(db.session.scalar(own.returning(Budget.spent)) or 0)


def _spend(person: Person, call: Call, change: int) -> None:
    own = update(Budget).where(Budget.call_id == call.id, Budget.person_id == person.id)
    db.session.execute(own.values(spent=Budget.spent + change), execution_options=QUIETLY)


def _too_many(call: Call, left: int) -> str:
    return ngettext(
        "You have %(num)s of %(each)s points left for this idea. Take points back from another idea first.",
        "You have %(num)s of %(each)s points left for this idea. Take points back from another idea first.",
        left, each=call.points_each,
    )  # fmt: skip


def _move_count(idea: Idea, change: int) -> None:
    """The counter moves only when a row came, changed or went, and in the same transaction."""
    count = _connection().scalar(_COUNTED, {
        "this_idea": idea.id, "this_state": idea.state, "this_parts": idea.part_count, "change": change,
    })  # fmt: skip
    if count is None:
        raise _changed_meanwhile()
    set_committed_value(idea, "support_count", count)


# The statements of a yes, on tables and put together once: that took longer than running them.
_supports, _ideas = cast(Table, Support.__table__), cast(Table, Idea.__table__)
_TAKEN_BACK = (
    delete(_supports)
    .where(_supports.c.idea_id == bindparam("this_idea"), _supports.c.person_id == bindparam("this_person"))
    .returning(_supports.c.value)
)
_COUNTED = (
    update(_ideas)
    .where(
        _ideas.c.id == bindparam("this_idea"),
        _ideas.c.state == bindparam("this_state"),
        _ideas.c.part_count == bindparam("this_parts"),
    )
    .values(support_count=_ideas.c.support_count + bindparam("change", type_=Integer))
    .returning(_ideas.c.support_count)
)


@cache
def _first_yes(dialect: str) -> Any:
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    yes = insert(_supports).values(
        idea_id=bindparam("this_idea"), person_id=bindparam("this_person"), value=1, created_at=bindparam("created_at")
    )  # fmt: skip
    return yes.on_conflict_do_nothing().returning(_supports.c.idea_id)


def _key(person: Person, idea: Idea) -> dict[str, Any]:
    return {"this_idea": idea.id, "this_person": person.id}


def _connection() -> Connection:
    return db.session.connection()


def _changed_meanwhile() -> Conflict:
    return Conflict(_("Somebody else has just changed this idea."))
