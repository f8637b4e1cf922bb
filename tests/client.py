"""The one test client: it checks every page it fetches, and sends the CSRF token as a browser would."""

import re
from contextlib import suppress
from contextvars import Context
from datetime import timedelta
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

import html5lib
from flask.testing import FlaskClient
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.test import TestResponse

from ideenlab.accounts.models import Person, SignIn
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.forms import write_opening
from ideenlab.core.security import hash_secret, new_secret

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
CSRF_SECRET = "c" * 40


class Client(FlaskClient):
    """`client.sign_in(person)`, then `get` and `post`. `post(…, csrf=False)` leaves the token out."""

    checks_pages = True  # for walks past pages that others have checked

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        db.session.rollback()  # what the test looked at must not hold a snapshot
        if kwargs.get("method") not in (None, "GET", "HEAD", "OPTIONS") and csrf:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": self.csrf_token()}
        # an empty context: a request shares neither session nor `g` with the test or with another request
        response = Context().run(self._fetch, *args, **kwargs)
        db.session.rollback()
        if self.checks_pages and response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            check_page(response.text)
        return response

    def _fetch(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        response.request.environ["wsgi.input"].close()  # what is sent and large lies in a file of the test client
        if "Content-Disposition" in response.headers:  # a file: read it and close it where it is made, as a server does
            response.get_data()
            response.close()
        return response

    def csrf_token(self) -> str:
        self.keep_in_session(csrf_token=CSRF_SECRET)
        signer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return str(signer.dumps(CSRF_SECRET))

    def opened(self, *, seconds: int = 60) -> dict[str, str]:
        """What a form for people without an account sends along that was opened so long ago."""
        with self.application.app_context():
            return {"opened": write_opening(now() - timedelta(seconds=seconds)), "website": ""}

    def sign_in(self, person: Person, *, second_factor: bool = True) -> None:
        secret = new_secret()
        with transaction():
            sign_in = SignIn(
                person_id=person.id, secret_hash=hash_secret(secret, purpose="sign-in"),
                expires_at=now() + timedelta(days=1), second_factor_at=now() if second_factor else None,
            )  # fmt: skip
            db.session.add(sign_in)
        self.keep_in_session(_user_id=secret, _fresh=True)

    def keep_in_session(self, **more: object) -> None:
        """What `session_transaction` does, without a request made for it."""
        app, name = self.application, self.application.config["SESSION_COOKIE_NAME"]
        signer, longest = app.session_interface.get_signing_serializer(app), app.permanent_session_lifetime
        kept, cookie = {}, self.get_cookie(name)
        if cookie:
            with suppress(BadSignature):  # it may have run out
                kept = signer.loads(cookie.value, max_age=longest.total_seconds())
        if not more.items() <= kept.items():
            self.set_cookie(name, signer.dumps({**kept, **more}))

    def sign_out(self) -> None:
        self.delete_cookie(self.application.config["SESSION_COOKIE_NAME"])


UNCHECKABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ufdcf\ufdf0-\ufffd\U00010000-\U0001fffd]")
TITLES = re.compile(r"(<title.*?</title>|<h1.*?</h1>)", re.DOTALL)
PLAIN_VALUE = re.compile(r' (value|href|src|content|datetime|action|placeholder|alt|d|data-[\w-]+)="[^"<>&]+"')
PLAIN_WORDS = re.compile(r"""(?<=>)[^<>&"'=]+(?=<)""")
NUMBER = re.compile(r"</?h[1-6]|&#?\w*|[0-9]+")
_checked: set[bytes] = set()


def check_page(text: str) -> None:
    """Valid HTML, title = h1, unique ids, labelled fields, nothing inline. A page of a known shape is valid, too."""
    shape = None if UNCHECKABLE.search(text) else sha256(shape_of(text).encode()).digest()
    if shape in _checked:
        return
    check_page_whole(text)
    if shape:
        _checked.add(shape)


def shape_of(text: str) -> str:
    """The page without what no check looks at: plain words, plain values, and which numbers stand in its ids.

    Whatever has a sign of HTML in it stays as it is, and so do title and h1, which are compared.
    """
    numbers: dict[str, str] = {}

    def renumbered(found: re.Match[str]) -> str:
        return numbers.setdefault(found[0], str(len(numbers))) if found[0].isdecimal() else found[0]

    parts = TITLES.split(PLAIN_VALUE.sub(r' \1="x"', text))
    parts[::2] = [PLAIN_WORDS.sub(_without_words, part) for part in parts[::2]]
    return NUMBER.sub(renumbered, "".join(parts))


def _without_words(found: re.Match[str]) -> str:
    return found[0] if found[0].isspace() or "--" in found[0] else "x"


def check_page_whole(text: str) -> None:
    parser = html5lib.HTMLParser(strict=True)
    whole = text.lstrip().lower().startswith("<!doctype")
    tree = parser.parse(text) if whole else parser.parseFragment(text)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids)), f"ids that occur twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    if whole:
        _check_headings(elements)
    for element in elements:
        _check_element(element, elements, set(ids))


def _check_headings(elements: list[Any]) -> None:
    titles = [_text(element) for element in elements if element.tag == NAMESPACE + "title"]
    headings = [_text(element) for element in elements if element.tag == NAMESPACE + "h1"]
    assert len(headings) == 1, f"h1: {headings}"
    title = titles[0].removeprefix("Fehler: ").removeprefix("Error: ")
    assert title.startswith(headings[0] + " – "), (titles, headings)


def _check_element(element: Any, elements: list[Any], ids: set[str]) -> None:
    tag = element.tag.removeprefix(NAMESPACE)
    assert "style" not in element.attrib, f"inline style on {tag}"
    handlers = [name for name in element.attrib if name.startswith("on")]
    assert not handlers, f"inline handler on {tag}"
    if tag == "script":
        assert element.get("src"), "inline script"
    if tag == "style":
        raise AssertionError("inline style sheet")
    if tag == "img":
        assert "alt" in element.attrib, "image without alt"
    for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
        for target in (element.get(name) or "").split():
            assert target in ids, f"{name} points to nothing: {target}"
    if tag == "label" and element.get("for"):
        assert element.get("for") in ids, f"label for nothing: {element.get('for')}"
    if tag in ("input", "select", "textarea") and element.get("type") not in ("hidden", "submit"):
        assert _has_label(element, elements), f"no label: {ElementTree.tostring(element)[:200]!r}"


def _has_label(element: Any, elements: list[Any]) -> bool:
    if element.get("aria-label") or element.get("aria-labelledby"):
        return True
    return any(
        other.tag == NAMESPACE + "label" and (other.get("for") == element.get("id") or element in list(other.iter()))
        for other in elements
    )


def _text(element: Any) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
