"""Appearances are counted as they are shown, also from the page cache, and everybody can see how evenly."""

import re
from datetime import timedelta

import pytest

from ideenlab import create_app
from ideenlab.core import page_cache
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.ideas.models import IdeaAppearance
from ideenlab.ideas.views.lists import appearances
from ideenlab.programme.queries import today
from tests.client import Client
from tests.conftest import make_settings
from tests.factories import a_call, a_person, an_idea, saved

OLD = timedelta(days=40)


@pytest.fixture
def call(app):
    call = a_call(title="Bürgerlab")
    for number in range(30):
        an_idea(call, title=f"Idee {number}", published_at=now() - OLD)
    return call


def counted():
    appearances.write_if_due(at_once=True)
    db.session.rollback()
    return {row.idea_id: row.times for row in db.session.scalars(db.select(IdeaAppearance))}


def numbers(page):
    return sorted(int(number) for number in re.findall(r'href="/idee/(\d+)"', page))


def test_what_the_first_page_shows_is_counted(client, call):
    shown = numbers(client.get(f"/ideen/{call.slug}").text)
    assert len(shown) == 20
    assert counted() == dict.fromkeys(shown, 1)
    client.sign_in(a_person())
    again = numbers(client.get(f"/ideen/{call.slug}").text)
    assert sum(counted().values()) == 40
    assert {number for number, times in counted().items() if times == 2} == set(shown) & set(again)


@pytest.mark.parametrize(
    "query", ["?sortierung=neueste", "?mischung=7", "?suche=Idee", "?weiter=abc", "?sortierung=beliebt"]
)
def test_other_orders_and_shared_addresses_are_not_counted(client, call, query):
    client.get(f"/ideen/{call.slug}{query}")
    assert counted() == {}


def test_a_page_fetched_in_advance_is_not_counted(client, call):
    client.get(f"/ideen/{call.slug}", headers={"Sec-Purpose": "prefetch"})
    assert counted() == {}


def test_pages_from_the_cache_count_what_they_show(app, call, tmp_path, monkeypatch):
    monkeypatch.setattr(page_cache.time, "time", lambda: 1_800_000_000.5)
    other = create_app(make_settings(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path, PAGE_CACHE="1"))
    other.testing = True
    other.test_client_class = Client
    pages = []
    for _visit in range(5):
        response = other.test_client().get(f"/ideen/{call.slug}")
        pages.append(numbers(response.text))
    assert all(page == pages[0] for page in pages)
    with other.app_context():
        assert counted() == dict.fromkeys(pages[0], 5)
        db.session.remove()
        db.engine.dispose()


def test_a_picture_a_table_and_a_file_say_how_evenly(client, call):
    for number, idea in enumerate(numbers(client.get(f"/ideen/{call.slug}").text)):
        saved(IdeaAppearance(idea_id=idea, day=today() - timedelta(days=1), times=1 + number))
    page = client.get(f"/ideen/{call.slug}/sichtbarkeit").text
    assert "Gini-Koeffizient: 0,5" in page
    assert 'role="img"' in page
    assert "30 Ideen waren die ganze Zeit da. Zusammen wurden sie 210 Mal gezeigt." in page
    cells = re.findall(r"Zehntel \d+</th>\s*<td[^>]*>([\d,]+)</td>\s*<td[^>]*>([\d,]+)<", page)
    assert cells[0] == ("0,0", "0,00")
    assert cells[-1] == ("57,0", "27,14")
    file = client.get(f"/ideen/{call.slug}/sichtbarkeit.csv")
    assert file.mimetype == "text/csv"
    assert file.text.splitlines()[-1] == "10,57.0,27.14"
    assert "Noch nichts zu zeigen" in client.get(f"/ideen/{call.slug}/sichtbarkeit?tage=1").text
    assert client.get(f"/ideen/{call.slug}/sichtbarkeit?tage=99&x=1").status_code == 200


def test_without_ideas_the_page_says_so(client):
    assert "Noch nichts zu zeigen" in client.get(f"/ideen/{a_call().slug}/sichtbarkeit").text
    assert client.get("/ideen/gibt-es-nicht/sichtbarkeit").status_code == 404
