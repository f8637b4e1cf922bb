"""A real server, a real browser, and the checks that every page of a journey goes through."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Route, expect, sync_playwright
from playwright.sync_api import TimeoutError as TooLate
from sqlalchemy import select
from werkzeug.serving import make_server

from ideenlab.config import ROOT
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.forms import write_opening
from ideenlab.mail.models import Mail
from tools.setup import find_browser

PATIENCE = 30_000  # a wait that succeeds costs nothing, however long it might have been
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {
    "desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740},
    "narrow": {"width": 320, "height": 640},
}  # fmt: skip


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = find_browser()
    assert path, "no Chromium: run `make test`, which installs it or says how"
    started = playwright.chromium.launch(executable_path=path, args=FLAGS)
    expect.set_options(timeout=PATIENCE)
    yield started
    started.close()


class Answering:
    """The application, which knows the requests it is answering: none may reach into the next test."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app, self.open, self.changed = app, list[str](), threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        with self.changed:
            self.open.append(path)
        try:
            return self.app(environ, start_response)
        finally:
            with self.changed:
                self.open.remove(path)
                self.changed.notify_all()

    def still_open(self) -> list[str]:
        with self.changed:
            self.changed.wait_for(lambda: not self.open, PATIENCE / 1000)
            return self.open


@contextmanager
def served(app: Callable[..., Iterable[bytes]]) -> Iterator[str]:
    """The application behind a real socket."""
    answering = Answering(app)
    server = make_server("127.0.0.1", 0, answering, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    assert answering.still_open() == []


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    db.session.rollback()
    with served(app) as address:
        yield address


VIOLATIONS = """async (tags) => (await axe.run({runOnly: tags, resultTypes: ['violations']})).violations.map(
  (found) => [found.id, found.nodes.slice(0, 3).map((node) => node.html.slice(0, 120))])"""
SHAPE = """() => document.title.split(':')[0] + [...document.querySelectorAll('body *')].map(
  (e) => e.tagName + e.className + e.getAttributeNames()).join()"""


READY = """() => !document.querySelector('script[type=module]') || 'ready' in document.documentElement.dataset"""
SAYS = """text => document.querySelector('main').innerText.includes(text)"""
NOTHING_UNSENT = """() => !Object.keys(localStorage).some((key) => key.startsWith('ideenlab-unsent:'))"""
_seen: dict[tuple[str, bool], set[str]] = {}  # shapes that axe has looked at, by size and colours


def latest_mail(address: str) -> str:
    """The text of the mail that waits in the outbox for this address."""
    db.session.rollback()
    return db.session.scalars(select(Mail.text).where(Mail.recipient == address).order_by(Mail.id.desc())).first() or ""


def link_in(text: str) -> str:
    """The path of the first link of a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found, text
    return found[1]


class Guest:
    """Somebody in front of a browser. Every page they open goes through `look()`."""

    def __init__(self, context: BrowserContext, address: str, *, mirror: BrowserContext | None, seen: set[str]) -> None:
        self.context, self.address, self.mirror, self.seen = context, address, mirror, seen
        self.page: Page = context.new_page()
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._watch)
        self.page.on("response", self._listen)
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _watch(self, request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc and not request.url.startswith("data:"):
            self.foreign.append(request.url)

    def _listen(self, response: Any) -> None:
        waits_for_more = response.status == 422 and response.url.endswith("/zwischenstand")  # a title without a text
        if response.status >= 400 and not response.request.is_navigation_request() and not waits_for_more:
            self.complaints.append(f"{response.status} {response.url}")

    @property
    def has_scripts(self) -> bool:
        return self.mirror is None

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def reload(self) -> None:
        self.page.reload()
        self.look()

    def control(self, name: str) -> Locator:
        """The button or link of this name: rather that of the page than that of the header around it."""
        anywhere = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        anywhere.first.wait_for()
        for place in (self.page.locator("main"), self.page.locator("body")):
            for exact in (True, False):
                button, link = (place.get_by_role(role, name=name, exact=exact) for role in ("button", "link"))
                if button.or_(link).count():
                    return button.or_(link).first
        raise AssertionError(f"nothing to press is called {name!r} on {self.page.url}")

    def press(self, name: str | Locator) -> None:
        """A button or link that leads to another page. An address that a script changes is not another page."""
        control = self.control(name) if isinstance(name, str) else name
        with self.page.expect_event("load"):
            control.click()
        self.look()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)

    def sign_in(self, email: str, password: str = "") -> None:
        """With a password, or with the code that comes by mail."""
        self.open("/anmelden")
        self.fill("E-Mail-Adresse", email)
        self.fill("Passwort", password)
        self.press("Weiter")
        if not password:
            self.fill("Code", re.findall(r"^\d{8}$", latest_mail(email), re.MULTILINE)[0])
            self.press("Anmelden")

    def takes_a_minute(self) -> None:
        """A form for people without an account was opened a minute ago, as it is when people type."""
        opened = write_opening(now() - timedelta(minutes=1))
        self.page.locator("input[name=opened]").evaluate("(field, opened) => { field.value = opened }", opened)

    def look(self) -> None:
        """Whole, accessible, nothing wider than the window, nothing from elsewhere, no error in the console."""
        if self.has_scripts:
            self.page.wait_for_function(READY)
        assert self.foreign == []
        width = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{self.page.url} is {width[0]} wide in a window of {width[1]}"
        assert [line for line in self.complaints if "responded with a status of 4" not in line] == []
        shape = self.page.evaluate(SHAPE)
        if shape not in self.seen:
            self.seen.add(shape)
            self._is_accessible()

    def _is_accessible(self) -> None:
        page = self.page if self.mirror is None else self._mirrored(self.mirror)
        page.evaluate(AXE.read_text())
        found = page.evaluate(VIOLATIONS, TAGS)
        assert found == [], f"{self.page.url}: {found}"

    def _mirrored(self, mirror: BrowserContext) -> Page:
        """axe needs scripts: what a page without them shows, in a page with them, the page's own left out."""
        page = mirror.pages[0] if mirror.pages else mirror.new_page()
        text = self.page.content()

        def answer(route: Route) -> None:
            if route.request.is_navigation_request():
                route.fulfill(body=text, content_type="text/html; charset=utf-8")
            else:
                (route.abort if route.request.resource_type == "script" else route.continue_)()

        page.unroute_all()
        page.route("**", answer)
        page.goto(self.page.url)
        return page

    def says(self, text: str) -> None:
        """It is on the page, between header and footer; what a script brings is waited for."""
        if text in self.page.inner_text("main"):
            return
        if self.has_scripts:
            with suppress(TooLate):
                self.page.wait_for_function(SAYS, arg=text, timeout=10_000)
        now_shown = self.page.inner_text("main")
        assert text in now_shown, f"{text!r} is not on {self.page.url}:\n{now_shown[:1500]}"

    def is_saved(self) -> None:
        """Nothing that was typed waits on this device any more: the server has it all."""
        self.page.wait_for_function(NOTHING_UNSENT)

    def hears(self, text: str) -> None:
        """The live region announces it."""
        self.page.locator("#live", has_text=text).wait_for(state="attached")


@pytest.fixture
def guest(browser: Browser, address: str, tmp_path: Any) -> Iterator[Any]:
    """`guest()` is somebody new; `guest(size="phone")`, `guest(scripts=False)`, `guest(dark=True)`."""
    contexts: list[BrowserContext] = []

    def enter(*, size: str, scripts: bool, dark: bool) -> BrowserContext:
        scheme: Any = "dark" if dark else "light"
        context = browser.new_context(
            viewport=SIZES[size], java_script_enabled=scripts, color_scheme=scheme, locale="de-DE"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    def come(*, size: str = "desk", scripts: bool = True, dark: bool = False) -> Guest:
        mirror = None if scripts else enter(size=size, scripts=True, dark=dark)
        context = enter(size=size, scripts=scripts, dark=dark)
        return Guest(context, address, mirror=mirror, seen=_seen.setdefault((size, dark), set()))

    yield come
    for context in contexts:
        context.close()
