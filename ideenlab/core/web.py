"""One request is one transaction: how it begins, and the hook that ends it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ideenlab.core.clock import now
from ideenlab.core.db import back_to, begin_reading, begin_writing, commit, db, kept_on_refusal, roll_back
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import Form, refuse
from ideenlab.core.verdict import Verdict, require

__all__ = ["accepts_body", "begin_reading", "begin_writing", "keep_first", "request_began", "slow_first", "streamed"]

V = TypeVar("V", bound=Callable[..., Any])
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def says_access(word: str) -> Callable[[V], V]:
    """The mark that says who may open a view; what the words mean is decided in `accounts.access`."""

    def mark(view: V) -> V:
        view.access = word  # type: ignore[attr-defined]
        return view

    return mark


public = says_access("public")


def slow_first(view: V) -> V:
    """This view does slow work (a password, an upload) before it says `begin_writing()` itself."""
    view.slow_first = True  # type: ignore[attr-defined]
    return view


def keep_first(work: Callable[[], None]) -> None:
    """Keep this in a transaction of its own, whatever becomes of the request. Only where `slow_first` holds."""
    with kept_on_refusal():
        work()


def accepts_body(megabytes: int, *, ask_first: Callable[..., Verdict] | None = None) -> Callable[[V], V]:
    """Who is signed in may send this view a body of up to so many megabytes; all others take one.

    `ask_first` gets what the address names and decides before anything of the body is read.
    """

    def mark(view: V) -> V:
        view.body_limit, view.ask_first = megabytes * 1_000_000, ask_first  # type: ignore[attr-defined]
        return view

    return mark


def request_began() -> datetime:
    """When this request came in, before anything of its body was read."""
    began: datetime = g.began_at
    return began


def _view_attribute(name: str) -> object:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, name, None)


def open_transaction() -> None:
    """A GET reads. Anything else first takes in its whole body, and then may write from its first statement on."""
    g.began_at = now()
    g.transaction = begin_reading()
    if request.method in SAFE_METHODS:
        return
    _allow_large_body()
    _ = request.form  # the body is here before any lock is taken
    if not _view_attribute("slow_first"):
        begin_writing()


def _allow_large_body() -> None:
    """Strangers cannot fill the disk, and whom the view would refuse anyway is refused before the body is read."""
    limit, ask_first = _view_attribute("body_limit"), _view_attribute("ask_first")
    if not isinstance(limit, int) or not current_user.is_authenticated:
        return
    if callable(ask_first):
        require(ask_first(**(request.view_args or {})))
    request.max_content_length = limit


def commit_after_request(response: Response) -> Response:
    """Registered first and so run last: nothing may fail after it."""
    if request.method in SAFE_METHODS or response.status_code >= 400:
        roll_back()
    else:
        commit()
    return response


def _close_transaction(_error: BaseException | None) -> None:
    token = g.pop("transaction", None)
    if token is not None:
        db.session.rollback()
        back_to(token)


def accepted(form: Form, action: Callable[[], object]) -> bool:
    """Whether the form was sent and complete, and the action took it. What it refuses stands at its field."""
    if not form.validate_on_submit():
        return False
    try:
        action()
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return False
    return True


def streamed(rows: Callable[[], Iterator[str]], media_type: str, **headers: str) -> ResponseReturnValue:
    """Answer with text that is made while it is sent, read in a session of its own."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def produce() -> Iterator[str]:
        with app.app_context():
            token = begin_reading()
            try:
                yield from rows()
            finally:
                db.session.rollback()
                back_to(token)

    return Response(stream_with_context(produce()), mimetype=media_type, headers=headers)


def _as_it_is(view: V) -> V:
    """Flask asks each time whether a function is one of asyncio's, fifty times on a page. The house has none."""
    return view


def register_transactions(app: Flask) -> None:
    app.ensure_sync = _as_it_is  # type: ignore[method-assign,assignment]
    app.after_request(commit_after_request)
    app.before_request(open_transaction)
    app.teardown_request(_close_transaction)
