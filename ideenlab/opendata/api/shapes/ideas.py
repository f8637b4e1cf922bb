from collections.abc import Mapping
from typing import Any

from ideenlab.core.clock import now
from ideenlab.core.links import public_page
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.ideas.queries import call_stage, calls, status_name
from ideenlab.opendata.api.shapes.common import MICRO, Shape, named, time
from ideenlab.opendata.queries import Around, CommentRow, IdeaRow

CALL_NAMED: Shape = {"slug": "string", "title": "string", "url": "uri?", "stage": "string"}
ANSWER: Shape = {
    "id": "integer", "text": "string", "signed": "string", "office": "string?", "published_at": "date-time",
    "corrected_at": "date-time?",
}  # fmt: skip
IDEA: Shape = {
    "id": "integer", "url": "uri", "call": "CallName", "state": "string", "title": "string", "text": "string",
    "topic": "Named?", "label": "string?", "district": "Named?", "status": "Named?", "tags": "[Named]",
    "origin": "string", "author": "string?", "co_authors": "[string]", "place": "string?", "latitude": "number?",
    "longitude": "number?", "support_mode": "string", "support_count": "integer", "against_count": "integer",
    "unsure_count": "integer", "comment_count": "integer", "published_at": "date-time?", "changed_at": "date-time",
    "answered_at": "date-time?", "answers": "[Answer]", "merged_into": "integer?", "licence": "string?",
}  # fmt: skip
COMMENT: Shape = {
    "id": "integer", "url": "uri", "idea": "integer", "parent": "integer?", "stance": "string", "text": "string",
    "author": "string?", "for_count": "integer", "against_count": "integer", "created_at": "date-time",
    "edited_at": "date-time?", "licence": "string?",
}  # fmt: skip


def stages() -> dict[str, str]:
    """In one statement for a whole page of ideas."""
    at = now()
    return {call.slug: call_stage(call, at) for call in calls()}


def idea(row: IdeaRow, around: Around, stage_of: Mapping[str, str]) -> dict[str, Any]:
    address = public_page("ideas.ideas", slug=row.call)
    return {
        "id": row.id,
        "url": public_page("ideas.idea", idea_id=row.id),
        "call": {"slug": row.call, "title": row.call_title, "url": address, "stage": stage_of[row.call]},
        "state": row.state,
        "title": row.title,
        "text": row.text,
        "topic": named(row.topic, row.topic_title),
        "label": row.label or None,
        "district": named(row.district, row.district_title),
        "status": named(row.status, status_name(row.status_title or "", row.status_title_en or "")),
        "tags": [named(*tag) for tag in around.tags.get(row.id, ())],
        "origin": row.origin,
        "author": row.author,
        "co_authors": list(around.co_authors.get(row.id, ())),
        "place": row.place or None,
        "latitude": None if row.latitude is None else row.latitude / MICRO,
        "longitude": None if row.longitude is None else row.longitude / MICRO,
        **{name: getattr(row, name) for name in COUNTS},
        "support_mode": row.support_mode,
        "published_at": time(row.published_at),
        "changed_at": time(row.changed_at),
        "answered_at": time(row.answered_at),
        "answers": [
            {**each._asdict(), "published_at": time(each.published_at), "corrected_at": time(each.corrected_at)}
            for each in around.answers.get(row.id, ())
        ],
        "merged_into": row.merged_into_id,
        "licence": None if row.origin == "import" else LICENCE,
    }  # fmt: skip


COUNTS = ("support_count", "against_count", "unsure_count", "comment_count")


def comment(row: CommentRow, idea_id: int) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in ("id", "stance", "text", "author", "for_count", "against_count")}
    return {
        **own, "url": public_page("ideas.comment_place", comment_id=row.id), "idea": idea_id,
        "parent": row.parent_id, "created_at": time(row.created_at), "edited_at": time(row.edited_at), "licence": None,
    }  # fmt: skip
