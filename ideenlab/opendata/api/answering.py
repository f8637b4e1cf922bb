"""How an answer looks: where it comes from, under which licence, and whether it is new."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from ideenlab.core.links import full_address
from ideenlab.core.paging import Page
from ideenlab.core.problems import is_for_programs
from ideenlab.core.security import city
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.opendata.api.blueprint import blueprint

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.de"
SECONDS_FRESH = 30
READABLE = ("application/json", "application/problem+json")


def licence() -> dict[str, str]:
    return {"name": LICENCE, "url": LICENCE_URL}


def source() -> dict[str, str]:
    return {"name": city().city_name, "url": city().base_url}


def _address(**changes: object) -> str:
    """This very address under the configured base, with some of its parameters changed."""
    query = {**request.args.to_dict(), **changes}
    said = urlencode({name: value for name, value in query.items() if value})
    return full_address(request.path) + (f"?{said}" if said else "")


def collection(page: Page[Any], rows: Sequence[Mapping[str, Any]]) -> Response:
    following = _address(cursor=page.next) if page.next else None
    response = answer({
        "data": rows, "links": {"self": _address(), "next": following}, "licence": licence(), "source": source(),
    })  # fmt: skip
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def single(row: Mapping[str, Any]) -> Response:
    return answer({"data": row, "links": {"self": _address()}, "licence": licence(), "source": source()})


def created(row: Mapping[str, Any]) -> Response:
    """What somebody has just sent, and the page on which it stands."""
    said = {"data": row, "links": {"self": row["url"]}, "licence": licence(), "source": source()}
    response = Response(json.dumps(said, ensure_ascii=False) + "\n", 201, mimetype="application/json")
    response.headers["Location"] = row["url"]
    response.headers["Cache-Control"] = "private, no-store"
    return response


def answer(said: Mapping[str, Any], *, media_type: str = "application/json") -> Response:
    """Fresh for half a minute; after that a 304 where nothing has changed."""
    response = Response(json.dumps(said, ensure_ascii=False) + "\n", mimetype=media_type)
    if not request.cookies:
        response.headers["Cache-Control"] = f"public, max-age={SECONDS_FRESH}"
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.before_app_request
def refuse_what_nobody_reads() -> None:
    """Who asks below /api/ for anything but JSON is told so."""
    if is_for_programs() and request.accept_mimetypes and not request.accept_mimetypes.best_match(READABLE):
        raise NotAcceptable
