from flask import Response

from ideenlab.accounts.access import public
from ideenlab.opendata import queries
from ideenlab.opendata.api import shapes
from ideenlab.opendata.api.answering import collection, single
from ideenlab.opendata.api.blueprint import blueprint
from ideenlab.opendata.api.doors import filters_and_paging, given, many, one
from ideenlab.opendata.api.parameters import slug

OF_HACKATHON = slug("hackathon", "Only of this hackathon.")


@blueprint.get("/hackathons")
@public
@many("Hackathons", "Hackathon")
def hackathons() -> Response:
    page = queries.page_of_hackathons(**given())
    return collection(page, [shapes.hackathon(row) for row in page.rows])


@blueprint.get("/hackathons/<hackathon>")
@public
@one("One hackathon", "Hackathon")
def hackathon(hackathon: str) -> Response:
    given()
    return single(shapes.hackathon(queries.read_hackathon(hackathon)))


@blueprint.get("/challenges")
@public
@many("Challenges of hackathons", "Challenge", OF_HACKATHON)
def challenges() -> Response:
    filters, paging = filters_and_paging()
    page = queries.page_of_challenges(filters, **paging)
    return collection(page, [shapes.challenge(row) for row in page.rows])


@blueprint.get("/challenges/<int:challenge_id>")
@public
@one("One challenge", "Challenge")
def challenge(challenge_id: int) -> Response:
    given()
    return single(shapes.challenge(queries.read_challenge(challenge_id)))


@blueprint.get("/prototypes")
@public
@many("Prototypes, once the gallery is open", "Prototype", OF_HACKATHON)
def prototypes() -> Response:
    filters, paging = filters_and_paging()
    page = queries.page_of_prototypes(filters, **paging)
    return collection(page, [shapes.prototype(*row) for row in page.rows])


@blueprint.get("/prototypes/<int:prototype_id>")
@public
@one("One prototype", "Prototype")
def prototype(prototype_id: int) -> Response:
    given()
    return single(shapes.prototype(*queries.read_prototype(prototype_id)))


@blueprint.get("/results")
@public
@many("Published results of hackathons", "Result", OF_HACKATHON)
def results() -> Response:
    filters, paging = filters_and_paging()
    page = queries.page_of_results(filters, **paging)
    return collection(page, [shapes.result(row) for row in page.rows])


@blueprint.get("/results/<int:result_id>")
@public
@one("One result", "Result")
def result(result_id: int) -> Response:
    given()
    return single(shapes.result(queries.read_result(result_id)))
