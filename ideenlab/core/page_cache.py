"""Pages that are the same for every visitor are made once a second and process, not once a request.

A page is kept until the clock's second ends. Phases begin and end on whole seconds, so no kept page outlives one. Who
brings a cookie gets a page of their own: nothing private is ever kept.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, current_app, request, session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

V = TypeVar("V", bound=Callable[..., Any])
Key = tuple[str, ...]
Kept = tuple[str, list[tuple[str, str]], bytes, Callable[[], None] | None]  # status, headers, body, each time
KEPT_UNCHANGED = ("ETag", "Cache-Control", "Vary", "Content-Security-Policy", "X-Content-Type-Options")
MOST_PAGES, LONGEST_PAGE = 300, 300_000
ASKED = ("HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "HTTP_HX_REQUEST", "wsgi.url_scheme")


def same_for_visitors(view: V) -> V:
    """This view shows every visitor without a cookie the same page, for a second."""
    view.same_for_visitors = True  # type: ignore[attr-defined]
    return view


def each_time(work: Callable[[], None]) -> None:
    """Do this now, and again whenever the page that is made now is given out from the cache. It must be quick."""
    work()
    request.environ["ideenlab.each_time"] = work


def knows(environ: "WSGIEnvironment", headers: list[tuple[str, str]]) -> bool:
    """Whether the browser has this very page already."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    return asked is not None and any(name == "ETag" and value in asked for name, value in headers)


def only_if_new(response: Response) -> Response:
    """304 for who has this page already. One that is to be kept stays whole: `PageCache` answers from it."""
    if "ideenlab.keep_page" not in request.environ:
        response.make_conditional(request.environ)
    return response


class PageCache:
    """Answers in front of the application, as long as the second lasts."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app, self.lock = app, threading.Lock()
        self.second, self.pages = 0, dict[Key, Kept]()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_COOKIE" in environ or "HTTP_RANGE" in environ:
            return self.app(environ, start_response)
        key = tuple(environ.get(name, "") for name in ASKED)
        page = self.pages.get(key) if self.second == int(time.time()) else None
        if page is not None:
            if page[3]:
                page[3]()
            if knows(environ, page[1]):
                start_response("304 Not Modified", [pair for pair in page[1] if pair[0] in KEPT_UNCHANGED])
                return []
            start_response(page[0], page[1])
            return [page[2]]
        begun = int(time.time())
        environ["ideenlab.keep_page"] = lambda response: self._keep(key, begun, response)
        return self.app(environ, start_response)

    def _keep(self, key: Key, begun: int, response: Response) -> None:
        body, headers = response.get_data(), list(response.get_wsgi_headers(request.environ))
        with self.lock:
            if begun > self.second:
                self.second, self.pages = begun, {}
            if begun == self.second == int(time.time()) and len(self.pages) < MOST_PAGES and len(body) <= LONGEST_PAGE:
                self.pages[key] = response.status, headers, body, request.environ.get("ideenlab.each_time")


def _keep_if_same(response: Response) -> Response:
    keep = request.environ.get("ideenlab.keep_page")
    view = current_app.view_functions.get(request.endpoint or "")
    same = getattr(view, "same_for_visitors", False) and response.status_code == 200
    if keep and same and not session.modified:
        keep(response)
    return response


def register_page_cache(app: Flask) -> None:
    """Register it first of all that works after a request: then it sees what is really sent."""
    app.after_request(_keep_if_same)
    app.wsgi_app = PageCache(app.wsgi_app)  # type: ignore[method-assign]
