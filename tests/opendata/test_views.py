"""Feeds, tables, catalogue and what stands in the head of pages: opened by programs of others."""

import csv
import json
import re
from datetime import timedelta
from io import BytesIO, StringIO
from xml.etree import ElementTree

import feedparser
import pytest
from openpyxl import load_workbook
from PIL import Image
from rdflib import Graph, Namespace
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF, RDF

from ideenlab.city.actions import change_settings
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.events.models import Event
from ideenlab.hackathons.models import Announcement
from ideenlab.opendata.views import sitemap as sitemaps
from tests.answers.factories import an_answer
from tests.factories import a_call, a_challenge, a_comment, a_hackathon, a_person, an_edition, an_idea, saved

DCAT = Namespace("http://www.w3.org/ns/dcat#")
FORMULA = '=HYPERLINK("https://evil.example")'


def an_event(**values):
    starts = now() + timedelta(days=2)
    given = {"title": "Offene Werkstatt", "state": "published", "starts_at": starts, "published_at": now()}
    return saved(Event(**{"edition": an_edition(), "ends_at": starts + timedelta(hours=2), **given, **values}))


def feed(client, address):
    answer = client.get(address)
    read = feedparser.parse(answer.data)
    assert (answer.status_code, read.bozo, answer.mimetype) == (200, False, "application/atom+xml"), address
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    return [entry.title for entry in read.entries]


def test_feeds_tell_what_is_new_and_nothing_hidden(app, client):
    call = a_call()
    old = an_idea(call, title="Zuerst & <da>", published_at=now() - timedelta(days=3))
    new = an_idea(a_call(), a_person(pseudonym="Nachteule"), title="Danach")
    an_idea(call, state="draft", title="Entwurf", published_at=None)
    an_answer(idea=old, text="Gern.")
    hackathon = a_hackathon(published_at=now())
    saved(Announcement(hackathon=hackathon, title="Pizza ist da", text="Im Foyer"))
    saved(Announcement(hackathon=hackathon, title="Doch nicht", withdrawn_at=now()))
    an_event()
    an_event(title="Fällt aus", state="cancelled")
    an_event(title="Nur ein Vorschlag", state="proposed")
    assert feed(client, "/feeds/ideen.atom") == [new.title, old.title]
    assert feed(client, f"/feeds/ideen/{call.slug}.atom") == [old.title]
    assert feed(client, "/feeds/antworten.atom") == [f"Stellungnahme zu: {old.title}"]
    assert feed(client, f"/feeds/hackathon/{hackathon.slug}.atom") == ["Pizza ist da"]
    assert sorted(feed(client, "/feeds/termine.atom")) == ["Abgesagt: Fällt aus", "Offene Werkstatt"]
    assert feed(client, "/feeds/ergebnisse.atom") == []
    page = client.get(f"/ideen/{call.slug}").text
    assert f'href="http://localhost/feeds/ideen/{call.slug}.atom"' in page


def tables(client, address):
    """The same rows from all three kinds of file."""
    lines = [*csv.DictReader(StringIO(client.get(f"{address}.csv").text))]
    told = json.loads(client.get(f"{address}.json").text)
    sheet = load_workbook(BytesIO(client.get(f"{address}.xlsx").data), read_only=False).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told["source"]["name"] == "Teststadt"
    assert len(lines) == len(told["data"]) == len(rows) - 1
    assert [*(told["data"] or [dict.fromkeys(rows[0])])[0]] == rows[0]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    return lines, told["data"], rows


def test_tables_hold_what_can_be_read_and_no_formula(app, client):
    call = a_call()
    text = 'Zeile\n"zwei"; mit , Komma'
    idea = an_idea(call, a_person(pseudonym="Nachteule"), title=FORMULA, text=text, origin="import")
    an_idea(call, state="draft", published_at=None)
    a_comment(idea, text=FORMULA)
    hidden = a_comment(idea, text="weg")
    with transaction():
        db.session.get(type(hidden), hidden.id).state = "hidden"
    lines, told, rows = tables(client, f"/export/ideen/{call.slug}")
    assert (lines[0]["title"], told[0]["title"], len(told)) == (f"'{FORMULA}", FORMULA, 1)
    assert (rows[1][rows[0].index("title")], told[0]["licence"]) == (FORMULA, "")
    assert told[0]["url"] == f"http://localhost/idee/{idea.id}"
    assert "Nachteule" not in json.dumps(told)
    assert [row["text"] for row in tables(client, f"/export/ideen/{call.slug}/kommentare")[1]] == [FORMULA]
    event = an_event(online_url="https://geheim.example")
    assert [row["id"] for row in tables(client, "/export/termine")[1]] == [event.id]
    assert tables(client, "/export/prototypen")[1] == []
    assert "geheim" not in client.get("/export/termine.json").text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_the_catalogue_says_the_same_in_three_syntaxes(app, client):
    call = a_call(title="Bürger & <Labor>")
    forms = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
    read = {name: Graph().parse(data=client.get(f"/catalog.{name}").text, format=form) for name, form in forms.items()}
    assert isomorphic(read["ttl"], read["rdf"])
    assert isomorphic(read["ttl"], read["jsonld"])
    graph = read["ttl"]
    here = graph.value(predicate=RDF.type, object=DCAT.Catalog)
    publisher = graph.value(here, DCTERMS.publisher)
    assert str(graph.value(publisher, FOAF.name)) == "Teststadt"
    datasets = set(graph.objects(here, DCAT.dataset))
    assert datasets == set(graph.subjects(RDF.type, DCAT.Dataset))
    for dataset in datasets:
        for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.distribution):
            assert graph.value(dataset, needed) is not None or len([*graph.objects(dataset, needed)]) > 1
        for distribution in graph.objects(dataset, DCAT.distribution):
            address = str(graph.value(distribution, DCAT.accessURL)).removeprefix("http://localhost")
            assert graph.value(distribution, DCTERMS.license) is not None
            answer = client.get(address)
            media_type = str(graph.value(distribution, DCAT.mediaType)).partition("media-types/")[2]
            assert (answer.status_code, answer.mimetype) == (200, media_type), address
    titles = {str(title) for title in graph.objects(None, DCTERMS.title)}
    assert {f"Ideen von Bürgerinnen und Bürgern: {call.title}", f"Ideas of citizens: {call.title}"} <= titles


LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


# Pages for everybody that nobody looks for: machines', a step of something begun, or a door to one's own
NOT_LISTED = re.compile(
    r"/(api|feeds|catalog|export|karte|metrics|gesund|robots|sitemap|stadt|programm[./]|konto|anmelden|registrieren|demo"
    r"|mitmachen|melden|passwort|kiosk|barriere-melden/|datenschutz/widerspruch/|idee/|moderation-in-zahlen/|jury|team)"
)


def test_every_page_for_everybody_stands_in_the_sitemap(app, client):
    call, hackathon = a_call(shows_opinion_map=True, support_mode="for_against"), a_hackathon(published_at=now())
    idea = an_idea(call)
    challenge = a_challenge(hackathon, idea=idea, published_at=now())
    found = {
        element.text.removeprefix("http://localhost")
        for element in ElementTree.fromstring(client.get("/sitemap.xml").data).iter(LOC)
    }
    standing = {
        rule.rule for rule in app.url_map.iter_rules()
        if not rule.arguments and "GET" in rule.methods and app.view_functions[rule.endpoint].access == "public"
    }  # fmt: skip
    assert {path for path in standing - found if not NOT_LISTED.match(path)} == set()
    of_things = {
        f"/ideen/{call.slug}/meinungsbild", f"/ideen/{call.slug}/sichtbarkeit", f"/idee/{idea.id}/werdegang",
        f"/aufgabe/{challenge.id}", f"/hackathon/{hackathon.slug}/bewertung", f"/ausgabe/{call.edition.slug}",
        "/zahlen/antworten",
    }  # fmt: skip
    assert of_things - found == set()
    with transaction():
        change_settings(None, group="allgemein", given={"city_name": "Teststadt", "city_languages": "de",
                                                        "city_zone": "Europe/Berlin"})  # fmt: skip
    assert "/en" not in client.get("/sitemap.xml").text


def test_the_sitemap_names_every_public_page_in_both_languages(app, client, monkeypatch):
    call = a_call()
    ideas = [an_idea(call) for _ in range(3)]
    an_idea(call, state="hidden")
    tree = ElementTree.fromstring(client.get("/sitemap.xml").data)
    found = {element.text.removeprefix("http://localhost") for element in tree.iter(LOC)}
    assert {path for path in found if "/idee/" in path} == {
        f"{prefix}/idee/{idea.id}" for idea in ideas for prefix in ("", "/en")
    }  # fmt: skip
    assert all(client.get(path).status_code == 200 for path in found if not path.startswith("/en/"))
    monkeypatch.setattr(sitemaps, "PER_FILE", 5)
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    parts = [element.text.removeprefix("http://localhost") for element in index.iter(LOC)]
    assert {
        element.text.removeprefix("http://localhost")
        for part in parts for element in ElementTree.fromstring(client.get(part).data).iter(LOC)
    } == found  # fmt: skip
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    robots = client.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    assert "Disallow: /konto" in robots


def test_a_shared_page_has_a_picture_of_its_own(app, client):
    idea, event, hackathon = an_idea(a_call(), title='Bänke "am" Fluss'), an_event(), a_hackathon(published_at=now())
    page = client.get(f"/idee/{idea.id}").text
    address = re.search(r'property="og:image" content="http://localhost([^"]+)"', page)[1]
    assert 'property="og:title" content="Bänke &#34;am&#34; Fluss"' in page
    here = [
        address, f"/karte/veranstaltung/{event.id}.png", f"/karte/hackathon/{hackathon.slug}.png", "/karte/start.png",
        f"/en{address}", f"/karte/ideen/{idea.call.slug}.png",
    ]  # fmt: skip
    for each in here:
        answer = client.get(each)
        assert Image.open(BytesIO(answer.data)).size == (1200, 630)
        assert client.get(each, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    draft = an_idea(idea.call, state="draft", published_at=None)
    assert client.get(f"/karte/idee/{draft.id}.png").status_code == 404
    assert "og:image" not in client.get("/anmelden").text


def test_the_page_about_open_data_leads_to_all_of_it(app, client):
    call = a_call()
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/offene-daten").text
        links = {path for path in re.findall(r'href="([^"]+)"', page.partition("<main")[2].partition("</main>")[0])}
        own = sorted(path for path in links if path.startswith("/") and "konto" not in path)
        assert {f"{prefix}/export/ideen/{call.slug}.xlsx", f"{prefix}/catalog.ttl", f"{prefix}/api/v1/"} <= {
            *own, f"{prefix}/api/v1/",
        }  # fmt: skip
        assert {path: client.get(path).status_code for path in own} == dict.fromkeys(own, 200)
