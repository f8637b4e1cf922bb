"""Tables to take along: what everybody can read, row by row and read in pieces."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from ideenlab.answers.queries import COLUMNS, exported_rows
from ideenlab.comments.models import Comment
from ideenlab.core.db import db
from ideenlab.core.i18n import machine_time
from ideenlab.core.paging import Page
from ideenlab.ideas.models import Call, Idea

AT_ONCE = 1_000
IDEA_COLUMNS = (*COLUMNS, "licence")
COMMENT_COLUMNS = (
    "id", "idea", "parent", "stance", "text", "for_count", "against_count", "created_at", "edited_at",
)  # fmt: skip


def idea_rows(call: Call, licence: str) -> Iterator[dict[str, Any]]:
    for row in exported_rows(call):
        yield {**row, "licence": "" if row["origin"] == "import" else licence}


def comment_rows(call: Call) -> Iterator[dict[str, Any]]:
    """Below ideas that can be read."""
    chosen = (
        select(
            Comment.id, Idea.id, Comment.parent_id, Comment.stance, Comment.text, Comment.for_count,
            Comment.against_count, Comment.created_at, Comment.edited_at,
        )
        .join(Idea, Idea.thread_id == Comment.thread_id)
        .where(Idea.call_id == call.id, Idea.state.in_(("published", "merged")), Comment.state == "visible")
        .order_by(Comment.id)
        .limit(AT_ONCE)
    )  # fmt: skip
    last = 0
    while rows := db.session.execute(chosen.where(Comment.id > last)).all():
        for row in rows:
            values: dict[str, Any] = dict(zip(COMMENT_COLUMNS, row, strict=True))
            for name in ("created_at", "edited_at"):
                values[name] = machine_time(values[name]) if values[name] else None
            yield values
        last = rows[-1][0]


def each_of(pages: Callable[..., Page[Any]], filters: Mapping[str, Any]) -> Iterator[Page[Any]]:
    """All pages, one after the other."""
    cursor = ""
    while True:
        page = pages(filters, order="oldest", cursor=cursor, limit=200)
        yield page
        db.session.expunge_all()  # what was read is not kept: memory does not grow with the pages
        cursor = page.next
        if not cursor:
            return
