from flask import Response

from ideenlab.accounts.access import public
from ideenlab.core.clock import now
from ideenlab.events.models import FORMATS
from ideenlab.events.queries import get_published_event
from ideenlab.ideas.queries import get_call
from ideenlab.opendata import queries
from ideenlab.opendata.api import shapes
from ideenlab.opendata.api.answering import collection, single
from ideenlab.opendata.api.blueprint import blueprint
from ideenlab.opendata.api.doors import filters_and_paging, given, many, one
from ideenlab.opendata.api.parameters import choice, flag, moment, slug
from ideenlab.programme.queries import get_edition

OF_EDITION = slug("edition", "Only of this edition.")


@blueprint.get("/editions")
@public
@many("The weeks of the city", "Edition")
def editions() -> Response:
    page = queries.page_of_editions(**given())
    return collection(page, [shapes.edition(row) for row in page.rows])


@blueprint.get("/editions/<edition>")
@public
@one("One week", "Edition")
def edition(edition: str) -> Response:
    given()
    return single(shapes.edition(get_edition(edition)))


@blueprint.get("/topics")
@public
@many("Topics of the weeks", "Topic", OF_EDITION)
def topics() -> Response:
    filters, paging = filters_and_paging()
    page = queries.page_of_topics(filters, **paging)
    return collection(page, [shapes.topic(row) for row in page.rows])


@blueprint.get("/calls")
@public
@many("Calls for ideas, with their phases", "Call", OF_EDITION)
def calls() -> Response:
    filters, paging = filters_and_paging()
    page, at = queries.page_of_calls(filters, **paging), now()
    return collection(page, [shapes.call(row, at) for row in page.rows])


@blueprint.get("/calls/<call>")
@public
@one("One call for ideas", "Call")
def call(call: str) -> Response:
    given()
    return single(shapes.call(get_call(call), now()))


@blueprint.get("/partners")
@public
@many("Organisations that take part", "Partner", OF_EDITION)
def partners() -> Response:
    filters, paging = filters_and_paging()
    page = queries.page_of_partners(filters, **paging)
    parts = queries.parts_of(page.rows)
    return collection(page, [shapes.partner(row, parts.get(row.id, ())) for row in page.rows])


@blueprint.get("/partners/<partner>")
@public
@one("One organisation", "Partner")
def partner(partner: str) -> Response:
    given()
    row = queries.read_partner(partner)
    return single(shapes.partner(row, queries.parts_of([row]).get(row.id, ())))


@blueprint.get("/events")
@public
@many(
    "Events of the programme, also cancelled ones", "Event", OF_EDITION, slug("topic", "Only of this topic."),
    slug("partner", "Only of this partner."), choice("format", "Only of this kind.", FORMATS),
    flag("accessible", "Whether it is accessible."), flag("families", "Whether it is for families."),
    moment("from", "Ends after this time."), moment("until", "Begins before this time."),
)  # fmt: skip
def events() -> Response:
    filters, paging = filters_and_paging()
    page = queries.page_of_events(filters, **paging)
    further = queries.partners_of_events(page.rows)
    return collection(page, [shapes.event(row, further.get(row.id, ())) for row in page.rows])


@blueprint.get("/events/<int:event_id>")
@public
@one("One event", "Event")
def event(event_id: int) -> Response:
    given()
    row = get_published_event(event_id)
    return single(shapes.event(row, queries.partners_of_events([row]).get(row.id, ())))
