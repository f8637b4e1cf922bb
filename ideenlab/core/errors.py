"""What can go wrong, as exceptions, and the page each one becomes."""

from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, NoResultFound, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from ideenlab.core.db import begin_reading
from ideenlab.core.i18n import language
from ideenlab.core.problems import is_for_programs, problem
from ideenlab.core.security import is_from_our_page
from ideenlab.core.text import CONTROL

PAGES = {
    400: "bad_request", 401: "signed_out", 403: "not_allowed", 404: "not_found", 405: "bad_request", 409: "conflict",
    410: "gone", 413: "too_large", 414: "bad_request", 415: "bad_request", 422: "bad_request", 429: "too_many",
    500: "server_error", 503: "unavailable",
}  # fmt: skip


class NotAllowed(Exception):
    """The person may not do this now. The message is shown to them."""


class NotFound(Exception):
    """There is no such thing, or not for this person."""


class Conflict(Exception):
    """Somebody else was faster. `stored` is what is kept now, `mine` what was to be saved: pairs of label and text."""

    def __init__(self, message: str, *, mine: list[tuple[str, str]] | None = None,
                 stored: list[tuple[str, str]] | None = None) -> None:  # fmt: skip
        super().__init__(message)
        self.mine, self.stored = mine or [], stored or []


class Gone(Exception):
    """A link or code that was used, has run out or never was: one text for all."""


class Invalid(Exception):
    """What was given cannot be used, although the form let it through. `field` names the input where that helps."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def typed_text() -> list[tuple[str, str]]:
    """Everything that was typed into the refused form, save secrets and what no page can show."""
    try:
        pairs = list(request.form.items(multi=True))
    except HTTPException:  # refused before it was read, or not to be read
        return []
    return [(name, CONTROL.sub("", value)) for name, value in pairs if not is_secret(name)]


def is_secret(field: str) -> bool:
    """Whether what was typed into this field is never shown again: passwords and codes, but not the address of code."""
    return field in ("csrf_token", "code") or "password" in field


def error_page(status: int, **values: object) -> tuple[str, int]:
    begin_reading()
    name = PAGES.get(status, "bad_request")
    typed = typed_text() if request.method == "POST" and status not in (413, 500) else []
    return render_template(f"errors/{name}.html", status=status, typed=typed, **values), status


def bare_page(name: str, **values: object) -> str:
    """A page for when something is broken: it asks neither the database nor who is signed in."""
    template = current_app.jinja_env.get_template(f"errors/{name}.html")
    return template.render(language=language(), typed=typed_text(), **values)


def _resend_page() -> str:
    """The token is lost or foreign: what was typed is shown. Only what a page of ours sent can be sent again from here.

    A foreign page would get a valid token and a button of ours for its form.
    """
    begin_reading()
    own, action = is_from_our_page(), request.full_path.rstrip("?")
    return render_template("errors/resend.html", own=own, action=action, fields=typed_text())


def _answer(status: int, **values: object) -> ResponseReturnValue:
    """A page for people; for programs the same in their words."""
    if not is_for_programs():
        return error_page(status, **values)
    begin_reading()
    return problem(status, str(values.get("reason", "")))


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(NotAllowed, lambda error: _answer(403, reason=str(error)))
    app.register_error_handler(NotFound, lambda error: _answer(404))
    app.register_error_handler(NoResultFound, lambda error: _answer(404))
    app.register_error_handler(Gone, lambda error: _answer(410))
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(IntegrityError, lambda error: _answer(409))
    app.register_error_handler(
        Conflict, lambda error: _answer(409, reason=str(error), mine=error.mine, stored=error.stored)
    )

    @app.errorhandler(CSRFError)
    def lost_token(error: CSRFError) -> ResponseReturnValue:
        return problem(400) if is_for_programs() else (_resend_page(), 400)

    @app.errorhandler(OperationalError)
    def database_down(error: OperationalError) -> ResponseReturnValue:
        current_app.logger.error("database: %s", error.orig)
        if is_for_programs():
            return problem(503, headers=[("Retry-After", "10")])
        return bare_page("unavailable"), 503, {"Retry-After": "10"}

    app.register_error_handler(HTTPException, _http_error)

    @app.errorhandler(DataError)
    def no_such_text(error: DataError) -> ResponseReturnValue:
        """PostgreSQL refuses a NUL in every text: no page has one in its address."""
        if "\x00" in request.path or b"%00" in request.query_string:
            return _answer(404)
        return fault(error)

    @app.errorhandler(Exception)
    def fault(error: Exception) -> ResponseReturnValue:
        if app.testing:
            raise error
        current_app.logger.exception("fault on %s %r", request.method, request.path)  # one line, whatever it holds
        return problem(500) if is_for_programs() else (bare_page("server_error"), 500)


def _invalid(error: Invalid) -> ResponseReturnValue:
    if is_for_programs():
        return problem(422, str(error), errors=[(error.field, str(error))] if error.field else [])
    return error_page(422, reason=str(error))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    if isinstance(error, SecurityError):  # a foreign Host: no address of ours can be built in this request
        return Response("Bad Request", 400, mimetype="text/plain")
    headers = [pair for pair in error.get_headers() if pair[0] in ("Allow", "Retry-After")]
    if is_for_programs():
        begin_reading()
        return problem(status, headers=[*headers, ("Retry-After", "60")] if status == 429 else headers)
    page, status = error_page(status)
    return page, status, headers
