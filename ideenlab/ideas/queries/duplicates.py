from sqlalchemy import select
from sqlalchemy.orm import aliased

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.ideas.models import Call, Idea, LikelyDuplicate

MOST_PAIRS = 50


def duplicates_of(call: Call, *, most: int = MOST_PAIRS) -> list[tuple[LikelyDuplicate, Idea, Idea]]:
    """The likest pairs that nobody has dismissed and that are both still published."""
    first, second = aliased(Idea), aliased(Idea)
    pairs = (
        select(LikelyDuplicate, first, second)
        .join(first, first.id == LikelyDuplicate.first_id)
        .join(second, second.id == LikelyDuplicate.second_id)
        .where(LikelyDuplicate.call_id == call.id, LikelyDuplicate.is_dismissed.is_(False))
        .where(first.state == "published", second.state == "published")
        .order_by(LikelyDuplicate.likeness.desc(), LikelyDuplicate.first_id, LikelyDuplicate.second_id)
        .limit(most)
    )
    return [(pair, one, other) for pair, one, other in db.session.execute(pairs)]


def get_duplicate(first_id: int, second_id: int) -> LikelyDuplicate:
    if max(first_id, second_id) > LARGEST_ID:
        raise NotFound
    pair = db.session.get(LikelyDuplicate, (first_id, second_id))
    if pair is None:
        raise NotFound
    return pair
