"""What programs send: with a key in the header, never with a cookie, and through the same actions as the pages."""

from typing import Any

from flask import Response

from ideenlab.accounts.access import public
from ideenlab.accounts.models import Person
from ideenlab.comments.models import STANCES
from ideenlab.comments.queries import get_comment
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import limiter
from ideenlab.ideas.actions import comment_on_idea, publish_idea
from ideenlab.ideas.actions import give_idea as give
from ideenlab.ideas.queries import find_call, get_idea
from ideenlab.opendata import queries
from ideenlab.opendata.api import shapes
from ideenlab.opendata.api.answering import created
from ideenlab.opendata.api.blueprint import blueprint
from ideenlab.opendata.api.receiving import sends
from ideenlab.programme.queries import topics_of

Fields = dict[str, dict[str, Any]]
IDEA: Fields = {
    "call": {"type": "string", "minLength": 1, "maxLength": 60},
    "title": {"type": "string", "minLength": 5, "maxLength": 120},
    "text": {"type": "string", "minLength": 10, "maxLength": 10_000},
    "topic": {"type": "string", "maxLength": 60},
    "publish": {"type": "boolean", "default": True},
    "agrees_to_licence": {"type": "boolean"},
}  # fmt: skip
COMMENT: Fields = {
    "text": {"type": "string", "minLength": 1, "maxLength": 5_000},
    "stance": {"type": "string", "enum": list(STANCES), "default": "neutral"},
    "parent": {"type": "integer", "minimum": 1, "maximum": queries.LARGEST},
}


@blueprint.post("/ideas")
@public
@limiter.limit("60 per minute")
@sends("Give an idea", "Idea", scope="ideas:write", body=IDEA, needed=("call", "title", "text"))
def give_idea(person: Person, body: dict[str, Any]) -> Response:
    call = find_call(body["call"])
    if call is None:
        raise Invalid(_("There is no such call."), field="call")
    topics = {topic.slug: topic for topic in topics_of(call.edition)}
    if body.get("topic") and body["topic"] not in topics:
        raise Invalid(_("There is no such topic in this call."), field="topic")
    topic = topics.get(body.get("topic") or "")
    idea = give(person, call=call, title=body["title"], text=body["text"], topic=topic)
    if body.get("publish", True):
        _publish(person, idea, body)
    row = queries.row_of(idea.id)
    return created(shapes.idea(row, queries.around([idea.id]), shapes.stages()))


def _publish(person: Person, idea: Any, body: dict[str, Any]) -> None:
    try:
        publish_idea(person, idea=idea, agrees_to_licence=bool(body.get("agrees_to_licence")))
    except Invalid as problem:
        field = "agrees_to_licence" if problem.field == "agrees" else problem.field
        raise Invalid(str(problem), field=field) from None


@blueprint.post("/ideas/<int:idea_id>/comments")
@public
@limiter.limit("60 per minute")
@sends("Comment on an idea", "Comment", scope="comments:write", body=COMMENT, needed=("text",))
def comment(person: Person, body: dict[str, Any], idea_id: int) -> Response:
    queries.read_idea(idea_id)
    idea = get_idea(idea_id)
    parent = get_comment(body["parent"]) if body.get("parent") else None
    if parent is not None and parent.thread_id != idea.thread_id:
        raise Invalid(_("This comment belongs to another idea."), field="parent")
    said = comment_on_idea(
        person, idea=idea, text=body["text"], parent=parent, stance=body.get("stance", "neutral")
    )  # fmt: skip
    return created(shapes.comment(queries.comment_row(said.id), idea_id))
