from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.ideas.models import Call, Idea, LikelyDuplicate

LikelyPair = tuple[LikelyDuplicate, Idea, Idea]


def duplicates_of(call: Call, *, most: int | None = None, cursor: str | None = None) -> list[LikelyPair]:
    """The likest pairs that nobody has dismissed and that are both still published."""
    first, second = aliased(Idea), aliased(Idea)
    pairs = (
        select(LikelyDuplicate, first, second)
        .join(first, first.id == LikelyDuplicate.first_id)
        .join(second, second.id == LikelyDuplicate.second_id)
        .where(LikelyDuplicate.call_id == call.id, LikelyDuplicate.is_dismissed.is_(False))
        .where(first.state == "published", second.state == "published", *_after(cursor))
        .order_by(LikelyDuplicate.likeness.desc(), LikelyDuplicate.first_id, LikelyDuplicate.second_id)
        .limit(most)
    )
    return [(pair, one, other) for pair, one, other in db.session.execute(pairs)]


def page_of_duplicates(call: Call, cursor: str | None = None) -> Page[LikelyPair]:
    """Pairs that are dismissed or joined meanwhile do not move the others: a page begins behind a pair, seen or not."""
    pairs = duplicates_of(call, most=PAGE + 1, cursor=cursor)
    if len(pairs) <= PAGE:
        return Page(pairs)
    last = pairs[PAGE - 1][0]
    return Page(pairs[:PAGE], write_cursor(last.likeness, last.first_id, last.second_id))


def _after(cursor: str | None) -> list[Any]:
    values = read_cursor(cursor, int, int, int)
    if values is None:
        return []
    likeness, first_id, second_id = (max(-LARGEST_ID, min(int(value), LARGEST_ID)) for value in values)
    later = and_(LikelyDuplicate.first_id == first_id, LikelyDuplicate.second_id > second_id)
    same = and_(LikelyDuplicate.likeness == likeness, or_(LikelyDuplicate.first_id > first_id, later))
    return [or_(LikelyDuplicate.likeness < likeness, same)]


def get_duplicate(first_id: int, second_id: int) -> LikelyDuplicate:
    if max(first_id, second_id) > LARGEST_ID:
        raise NotFound
    pair = db.session.get(LikelyDuplicate, (first_id, second_id))
    if pair is None:
        raise NotFound
    return pair
