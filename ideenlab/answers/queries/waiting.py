"""Ideas that the city has not answered yet."""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.ideas.models import Call, Idea


def waiting_numbers() -> dict[int, int]:
    """How many published ideas of each call wait for an answer, by the call's number."""
    waiting = select(Idea.call_id, func.count()).where(Idea.state == "published", Idea.answered_at.is_(None))
    return {call_id: number for call_id, number in db.session.execute(waiting.group_by(Idea.call_id))}


def ideas_to_answer(call: Call, cursor: str | None = None) -> Page[Idea]:
    """The most supported first."""
    waiting = select(Idea).where(Idea.call_id == call.id, Idea.state == "published", Idea.answered_at.is_(None))
    after = read_cursor(cursor, int, int)
    if after:
        supports, number = (max(-LARGEST_ID, min(int(value), LARGEST_ID)) for value in after)
        waiting = waiting.where(Idea.support_count <= supports, or_(Idea.support_count < supports, Idea.id < number))
    waiting = waiting.options(joinedload(Idea.status), joinedload(Idea.topic))
    rows = list(db.session.scalars(waiting.order_by(Idea.support_count.desc(), Idea.id.desc()).limit(PAGE + 1)))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], write_cursor(last.support_count, last.id) if last else "")


def pick_ideas(numbers: Collection[int]) -> list[Idea]:
    """These ideas, by number, as far as they are there."""
    known = [number for number in numbers if 0 < number <= LARGEST_ID]
    chosen = select(Idea).where(Idea.id.in_(known)).options(joinedload(Idea.call), joinedload(Idea.status))
    return list(db.session.scalars(chosen.order_by(Idea.id))) if known else []
