"""Errors for programs: RFC 9457, `application/problem+json`, below /api/."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from flask import Response, request

MEDIA_TYPE = "application/problem+json"


def is_for_programs() -> bool:
    """Whether who asks is a program that cannot read a page."""
    return request.path.startswith("/api/")


def problem(
    status: int, detail: str = "", *, errors: Sequence[tuple[str, str]] = (), headers: Sequence[tuple[str, str]] = ()
) -> Response:  # fmt: skip
    """`errors` are pairs of the field, or parameter, and what is wrong with it."""
    said: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        said["detail"] = detail
    if errors:
        said["errors"] = [{"field": field, "message": message} for field, message in errors]
    response = Response(json.dumps(said, ensure_ascii=False) + "\n", status, mimetype=MEDIA_TYPE)
    for name, value in headers:
        response.headers[name] = value
    return response
