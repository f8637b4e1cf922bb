from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from ideenlab.core.db import db
from ideenlab.ideas.models import Call, Idea
from ideenlab.programme.models import Topic

AT_ONCE = 1_000
EXPORTED = ("id", "external_id", "title", "topic", "created_at", "support_count", "comment_count")


def exported_ideas(call: Call) -> Iterator[dict[str, Any]]:
    """Every published idea of a call in the order in which they were given, read in pieces.

    `topic` is the title of the topic, or the category from outside that is no topic here, or None.
    """
    ideas = (
        select(
            Idea.id, Idea.external_id, Idea.title, func.coalesce(Topic.title, Idea.label), Idea.created_at,
            Idea.support_count, Idea.comment_count,
        )
        .outerjoin(Topic, Topic.id == Idea.topic_id)
        .where(Idea.call_id == call.id, Idea.state == "published")
        .order_by(Idea.id)
        .limit(AT_ONCE)
    )  # fmt: skip
    last = 0
    while rows := db.session.execute(ideas.where(Idea.id > last)).all():
        for row in rows:
            values: dict[str, Any] = dict(zip(EXPORTED, row, strict=True))
            values["topic"] = values["topic"] or None
            values["created_at"] = values["created_at"].isoformat(timespec="seconds")
            yield values
        last = rows[-1][0]


def published_numbers() -> dict[int, int]:
    """How many ideas each call shows, by the call's number."""
    counted = select(Idea.call_id, func.count()).where(Idea.state == "published").group_by(Idea.call_id)
    return {call_id: number for call_id, number in db.session.execute(counted)}
