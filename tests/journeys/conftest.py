"""A real server, a real browser, and the checks that every page of a journey goes through."""

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from ideenlab.config import ROOT
from ideenlab.core.db import db
from tools.setup import find_browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = find_browser()
    assert path, "no Chromium: run `make test`, which installs it or says how"
    started = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application behind a real socket."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    db.session.rollback()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


class Guest:
    """Somebody in front of a browser. Every page they open goes through `look()`."""

    def __init__(self, context: BrowserContext, address: str, *, scripts: bool) -> None:
        self.context, self.address, self.scripts = context, address, scripts
        self.page: Page = context.new_page()
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._watch)
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _watch(self, request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc and not request.url.startswith("data:"):
            self.foreign.append(request.url)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def press(self, name: str) -> None:
        """A button or link that leads to another page."""
        control = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        control.first.click()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)

    def look(self, *, expected: int = 0) -> None:
        """Accessible, nothing wider than the window, nothing fetched from elsewhere, no error in the console."""
        assert self.foreign == []
        width = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{self.page.url} is {width[0]} wide in a window of {width[1]}"
        if self.scripts:
            assert [line for line in self.complaints if "status of 4" not in line] == []
            self.page.evaluate(AXE.read_text())
            found = self.page.evaluate("tags => axe.run({runOnly: tags})", TAGS)["violations"]
            shown = [(item["id"], [node["html"][:120] for node in item["nodes"]][:3]) for item in found]
            assert shown == [], f"{self.page.url}: {shown}"

    def says(self, text: str) -> None:
        assert text in self.page.inner_text("main"), (
            f"{text!r} is not on {self.page.url}:\n{self.page.inner_text('main')[:1500]}"
        )

    def hears(self, text: str) -> None:
        """The live region announces it."""
        self.page.locator("#live", has_text=text).wait_for(state="attached", timeout=5000)


@pytest.fixture
def guest(browser: Browser, address: str, tmp_path: Any) -> Iterator[Any]:
    """`guest()` is somebody new; `guest(size="phone")`, `guest(scripts=False)`, `guest(dark=True)`."""
    contexts = []

    def come(*, size: str = "desk", scripts: bool = True, dark: bool = False) -> Guest:
        context = browser.new_context(
            viewport=SIZES[size], java_script_enabled=scripts, color_scheme="dark" if dark else "light", locale="de-DE",
        )  # fmt: skip
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Guest(context, address, scripts=scripts)

    yield come
    for context in contexts:
        context.close()
