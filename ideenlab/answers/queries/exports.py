"""The ideas of a call for open data: what everybody can read on the page, and nobody's name."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from ideenlab.answers.models import Answer
from ideenlab.city.models import District
from ideenlab.core.db import db
from ideenlab.ideas.models import Call, Idea, Status
from ideenlab.programme.models import Topic

AT_ONCE = 500
COLUMNS = (
    "id", "title", "text", "topic", "district", "origin", "status", "published_at", "support_count", "against_count",
    "unsure_count", "comment_count", "answered_at", "merged_into", "answer",
)  # fmt: skip
MOMENTS = ("published_at", "answered_at")


def exported_rows(call: Call) -> Iterator[dict[str, Any]]:
    """Each idea that can be read, in the order in which they were given, read in pieces.

    `answer` is the latest that stands. `merged_into` is the number of the idea that this one was joined with: the votes
    of its supporters are counted there too, each person once.
    """
    last = 0
    while rows := db.session.execute(_ideas(call).where(Idea.id > last)).all():
        answers = _answers([row[0] for row in rows])
        for row in rows:
            values: dict[str, Any] = dict(zip(COLUMNS, (*row, answers.get(row[0])), strict=True))
            values["topic"] = values["topic"] or None
            for name in MOMENTS:
                values[name] = values[name].isoformat(timespec="seconds") if values[name] else None
            yield values
        last = rows[-1][0]


def _ideas(call: Call) -> Any:
    return (
        select(
            Idea.id, Idea.title, Idea.text, func.coalesce(Topic.title, Idea.label), District.title, Idea.origin,
            Status.title, Idea.published_at, Idea.support_count, Idea.against_count, Idea.unsure_count,
            Idea.comment_count, Idea.answered_at, Idea.merged_into_id,
        )
        .outerjoin(Topic, Topic.id == Idea.topic_id)
        .outerjoin(District, District.id == Idea.district_id)
        .outerjoin(Status, Status.id == Idea.status_id)
        .where(Idea.call_id == call.id, Idea.state.in_(("published", "merged")))
        .order_by(Idea.id)
        .limit(AT_ONCE)
    )  # fmt: skip


def _answers(idea_ids: list[int]) -> dict[int, str]:
    given = select(Answer.idea_id, Answer.text).where(Answer.idea_id.in_(idea_ids), Answer.state == "published")
    return {idea_id: text for idea_id, text in db.session.execute(given.order_by(Answer.published_at, Answer.id))}
