"""A demo city, walked through as six kinds of people: no dead link, every page valid, nothing hostile runs."""

import html
import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import CheckConstraint, String, select, update

from ideenlab.accounts.models import Person
from ideenlab.core.db import Model, db, transaction
from ideenlab.files.models import StoredFile
from ideenlab.jury.models import Juror
from ideenlab.teams.models import Team
from tests.guards.conftest import PEOPLE, person_with

PAYLOAD = '"><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}'
OF_EACH_KIND = 3  # pages of one endpoint that are opened, where they are first of all for this kind of people
STAFF = ("juror", "moderator", "organiser", "administrator")


LEADS_TO = re.compile(r'<(?:a|link)\s[^>]*?\bhref="([^"]*)"|<[a-z]+\s[^>]*?\bsrc="([^"]*)"')  # or loads


def links(page, address):
    """Every address in the page that is ours."""
    for pair in LEADS_TO.findall(page):
        target = html.unescape("".join(pair))
        if target and not target.startswith(("#", "data:", "mailto:")):
            parts = urlsplit(urljoin(f"http://localhost{address}", target))
            if parts.netloc == "localhost" and not parts.path.startswith("/static/"):
                yield parts.path + (f"?{parts.query}" if parts.query else "")


def is_english(address):
    return re.match("/en(?=/|$|[?])", address) is not None


def walk(app, client, role, *, english=True):
    """Every page that links lead to, a few of each kind: address -> answer.

    One in English, one of a kind that others have looked at already, and one of what is no page: it is slow to draw.
    """
    found, waiting, seen = {}, ["/"], Counter()
    adapter = app.url_map.bind("localhost")
    while waiting:
        address = waiting.pop(0)
        if address in found or (is_english(address) and not english):
            continue
        path = urlsplit(address).path
        kind = (adapter.match(re.sub("^/en(?=/|$)", "", path) or "/")[0], is_english(address))
        own = role not in STAFF or getattr(app.view_functions[kind[0]], "access", role) == role
        if seen[kind] >= (OF_EACH_KIND if own and not kind[1] else 1):
            continue
        seen[kind] += 1
        answer = client.get(address)
        found[address] = answer
        answer.get_data()
        answer.close()
        if answer.mimetype == "text/html" and answer.status_code == 200:
            waiting += [link for link in links(answer.text, address) if link not in found]
        elif answer.mimetype != "text/html":
            seen.update({(kind[0], True): OF_EACH_KIND, (kind[0], False): OF_EACH_KIND})
    return found


@pytest.mark.parametrize("role", PEOPLE)
def test_no_link_is_dead_and_every_page_is_valid(city, client, role):
    if role != "visitor":
        client.sign_in(person_with(role))
    answers = walk(city, client, role)
    broken = {
        address: answer.status_code for address, answer in answers.items() if answer.status_code not in (200, 302, 303)
    }
    assert broken == {}
    assert len(answers) > 20


KEPT = re.compile(  # what nobody types, or what the page could not be opened without
    "slug|state|code|hash|key|_html|sha256|email|language|folded|purpose|content|protocol|media_type|band|origin|deed|"
    "^html$|before|excuse|thing|weight|word|gram|secret|url|levels|external|network|recipient|save_id|outline|website|"
    "name$"
)
LEFT_ALONE = ("roles", "search_terms", "search_grams", "tokens")


def texts_of(table):
    unique = {column for constraint in table.constraints for column in getattr(constraint, "columns", [])}
    checks = [str(constraint.sqltext) for constraint in table.constraints if isinstance(constraint, CheckConstraint)]
    listed = {name for check in checks for name in re.findall(r"(\w+) IN \(", check)}  # nobody types into these
    for column in table.columns:
        typed = isinstance(column.type, String) and not KEPT.search(column.name) and column.name not in listed
        if typed and column not in unique:
            yield column.name, getattr(column.type, "length", None) or 999


def poison():
    """Put the payload into every text that people can type."""
    with transaction():
        for table in Model.metadata.sorted_tables:
            values = {name: PAYLOAD[:length] for name, length in texts_of(table)}
            if values and table.name not in LEFT_ALONE:
                db.session.execute(update(table).values(values))
        for model in (Person, Team, Juror, StoredFile):
            for row in db.session.scalars(select(model)):
                setattr(row, "pseudonym" if model is Person else "name", f"{row.id}{PAYLOAD}"[:60])


@pytest.mark.parametrize("role", PEOPLE)
def test_hostile_text_stays_text_on_every_page(city, client, role):
    person = None if role == "visitor" else person_with(role)
    if person:
        client.sign_in(person)
    poison()
    for address, answer in walk(city, client, role, english=False).items():  # both languages have the same templates
        if answer.mimetype == "text/html":
            assert re.findall('<img s(?!rc="(?:/|data:image/))', answer.text) == [], address
            assert "49" not in re.findall(r"alert\(1\)&lt;/script&gt;(49)", answer.text), address
