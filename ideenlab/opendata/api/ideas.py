from flask import Response

from ideenlab.accounts.access import public
from ideenlab.opendata import queries
from ideenlab.opendata.api import shapes
from ideenlab.opendata.api.answering import collection, single
from ideenlab.opendata.api.blueprint import blueprint
from ideenlab.opendata.api.parameters import PAGING, choice, flag, moment, read_parameters, slug, words

ORIGINS = ("online", "workshop", "postcard", "telephone", "import")
OF_IDEAS = (
    slug("call", "Only of this call."), slug("topic", "Only of this topic."),
    slug("district", "Only of this district."), slug("status", "Only with this status."),
    slug("tag", "Only with this keyword."),
    choice("origin", "How the idea came.", ORIGINS), flag("answered", "Whether the city has answered."),
    moment("since", "Published at this time or later."),
    words("q", "Words to look for; needs `call`, and goes by the newest."), *PAGING,
)  # fmt: skip


@blueprint.get("/ideas")
@public
def ideas() -> Response:
    given = read_parameters(OF_IDEAS)
    paging = {parameter.name: given.pop(parameter.name) for parameter in PAGING}
    page = queries.page_of_ideas(given, **paging)
    around, stages = queries.around([row.id for row in page.rows]), shapes.stages()
    return collection(page, [shapes.idea(row, around, stages) for row in page.rows])


@blueprint.get("/ideas/<int:idea_id>")
@public
def idea(idea_id: int) -> Response:
    read_parameters(())
    row = queries.read_idea(idea_id)
    return single(shapes.idea(row, queries.around([idea_id]), shapes.stages()))


@blueprint.get("/ideas/<int:idea_id>/comments")
@public
def comments(idea_id: int) -> Response:
    page = queries.page_of_comments(idea_id, **read_parameters(PAGING))
    return collection(page, [shapes.comment(row, idea_id) for row in page.rows])
