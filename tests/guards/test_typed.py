"""What was typed is never lost: every form of the demo city is refused in four ways and asked for its text."""

import html
import re
from functools import cache
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest

from tests.guards.conftest import PEOPLE, person_with
from tests.guards.test_crawl import STAFF, walk
from tests.guards.test_promises import addresses, is_refused

OURS = {"Origin": "http://localhost"}
TYPED = ("text", "email", "url", "")
SECRET = ("code",)
FORM = re.compile("<form[ >].*?</form>", re.DOTALL)
TOKEN = re.compile('<input[^>]*name="csrf_token"[^>]*>')


def forms_in(page):
    """Without the tokens, so that a form that stands on many pages is taken apart once."""
    return [TOKEN.sub("", form) for form in FORM.findall(page)]


@cache
def fields_of(text):
    """How and where to, what a browser would send, and the names of the fields that somebody types text into."""
    given, typed = {}, []
    form = next(html5lib.parseFragment(text, namespaceHTMLElements=False).iter("form"))
    for element in form.iter():
        name, kind = element.get("name"), element.get("type", "")
        if (
            element.tag not in ("input", "textarea", "select")
            or name in (None, "", "csrf_token")
            or kind in ("submit", "button", "file", "image")
        ):
            continue
        if element.tag == "select":
            chosen = [option for option in element.iter("option") if option.get("selected") is not None]
            options = chosen or list(element.iter("option"))
            given[name] = options[0].get("value", "") if options else ""
        elif element.tag == "textarea":
            given[name] = "".join(element.itertext())
            typed.append(name)
        elif kind not in ("checkbox", "radio") or element.get("checked") is not None:
            given[name] = element.get("value", "")
            typed += [name] if kind in TYPED and name not in SECRET else []
    return form.get("method", "get").lower(), form.get("action"), given, tuple(typed)


def forms(app, client, role):
    """Every form with a text in it: its address, what it sends, and what is typed. Of staff, those only they have."""
    found = {}
    client.checks_pages = False  # test_crawl checks them; the pages with faults are checked here
    pages = walk(app, client, role, english=False)
    for access, address in addresses(app, method="GET"):
        if address not in pages and (role not in STAFF or access == role) and not is_refused(role, access):
            pages[address] = client.get(address)
    client.checks_pages = True
    adapter = app.url_map.bind("localhost")
    for address, page in pages.items():
        if page.mimetype != "text/html" or page.status_code != 200:
            continue
        for sends, action, given, typed in map(fields_of, forms_in(page.text)):
            target = urlsplit(urljoin(f"http://localhost{address}", action or address)).path
            if sends == "post" and typed and not target.startswith("/en"):
                endpoint = adapter.match(target, "POST")[0]
                if role not in STAFF or app.view_functions[endpoint].access == role:
                    found.setdefault((endpoint, typed), (target, given, typed))
    return list(found.values())


def marked(given, typed):
    return {**given, **{name: f"getippt-{number} & bleibt" for number, name in enumerate(typed)}}


def lost(page, typed, sent):
    """The fields whose text is nowhere on the page."""
    shown = html.unescape(re.sub(r"&#(?:39|34);", "'", page.text))
    return [name for name in typed if sent[name] and sent[name] not in shown]


@pytest.mark.parametrize("role", PEOPLE)
def test_no_form_loses_what_was_typed(city, client, role):
    person = None if role == "visitor" else person_with(role)
    if person:
        client.sign_in(person)
    losses, refusals = [], 0
    all_forms = forms(city, client, role)
    for address, given, typed in all_forms:
        sent = marked(given, typed)
        for name, status, page in refused_in_four_ways(city, client, person, address, sent, typed):
            refusals += status >= 400
            if status >= 400 and (gone := lost(page, typed, sent if name != "too early" else {**sent, typed[0]: ""})):
                losses.append((address, name, status, gone))
    assert losses == []
    assert len(all_forms) >= 1
    assert refusals >= 2 * len(all_forms)


def refused_in_four_ways(city, client, person, address, sent, typed):
    page = client.post(address, data=sent, headers=OURS, csrf=False)
    yield "without a token", page.status_code, page
    if person:
        page = city.test_client().post(address, data=sent, headers=OURS)
        yield "signed out meanwhile", page.status_code, page
        client.sign_in(person)
    page = client.post(address, data={**sent, typed[0]: ""}, headers=OURS)
    yield "too early", page.status_code, page
    if "revision" in sent:
        page = client.post(address, data={**sent, "revision": "999"}, headers=OURS)
        yield "somebody was faster", page.status_code, page
