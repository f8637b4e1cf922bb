from flask import Response

from ideenlab.accounts.access import public
from ideenlab.opendata import queries
from ideenlab.opendata.api import shapes
from ideenlab.opendata.api.answering import collection, single
from ideenlab.opendata.api.blueprint import blueprint
from ideenlab.opendata.api.doors import filters_and_paging, given, many, one
from ideenlab.opendata.api.parameters import choice, flag, moment, slug, words

ORIGINS = ("online", "workshop", "postcard", "telephone", "import")
FILTERS = (
    slug("call", "Only of this call."), slug("topic", "Only of this topic."),
    slug("district", "Only of this district."), slug("status", "Only with this status."),
    slug("tag", "Only with this keyword."),
    choice("origin", "How the idea came.", ORIGINS), flag("answered", "Whether the city has answered."),
    moment("since", "Published at this time or later."),
    words("q", "Words to look for; needs `call`, and goes by the newest."),
)  # fmt: skip


@blueprint.get("/ideas")
@public
@many("Published ideas", "Idea", *FILTERS)
def ideas() -> Response:
    filters, paging = filters_and_paging()
    page = queries.page_of_ideas(filters, **paging)
    around, stages = queries.around([row.id for row in page.rows]), shapes.stages()
    return collection(page, [shapes.idea(row, around, stages) for row in page.rows])


@blueprint.get("/ideas/<int:idea_id>")
@public
@one("One idea", "Idea")
def idea(idea_id: int) -> Response:
    given()
    row = queries.read_idea(idea_id)
    return single(shapes.idea(row, queries.around([idea_id]), shapes.stages()))


@blueprint.get("/ideas/<int:idea_id>/comments")
@public
@many("Comments on an idea", "Comment")
def comments(idea_id: int) -> Response:
    page = queries.page_of_comments(idea_id, **given())
    return collection(page, [shapes.comment(row, idea_id) for row in page.rows])
