"""The list of a call: what is chosen stands in the address, and the page says how to undo it."""

import re

import pytest

from ideenlab.city.models import District
from ideenlab.ideas.maths import wilson_lower
from ideenlab.ideas.models import Status
from tests.factories import a_call, a_person, a_topic, an_edition, an_idea, saved


@pytest.fixture
def call(app):
    edition = an_edition()
    call, topic = a_call(edition=edition), a_topic(edition, title="Verkehr", slug="verkehr")
    district = saved(District(slug="wueste", title="Wüste"))
    saved(Status(slug="geprueft", title="Geprüft", position=2))
    saved(Status(slug="neu", title="Neu", position=1))  # what an idea has from the beginning
    an_idea(call, title="Bänke", topic=topic, district=district)
    an_idea(call, title="Ampel", topic=topic, origin="postcard")
    return call


def titles(page):
    return sorted(re.findall(r'il-card__title"><a [^>]*>([^<]*)</a>', page))


@pytest.mark.parametrize(
    ("query", "found"),
    [("", ["Ampel", "Bänke"]), ("stadtteil=wueste", ["Bänke"]), ("herkunft=postkarte", ["Ampel"]),
     ("thema=verkehr&stadtteil=wueste", ["Bänke"]), ("stadtteil=wueste&herkunft=postkarte", []),
     ("stand=geprueft", []), ("stand=neu", ["Ampel", "Bänke"]),
     ("stellungnahme=ja", []), ("stellungnahme=nein", ["Ampel", "Bänke"]),
     ("stadtteil=gibt-es-nicht", ["Ampel", "Bänke"]), ("herkunft=' or 1=1", ["Ampel", "Bänke"]),
     ("meine=ja", ["Ampel", "Bänke"])],
)  # fmt: skip
def test_the_address_says_what_is_shown(client, call, query, found):
    assert titles(client.get(f"/ideen/{call.slug}?{query}").text) == found


def test_what_is_set_can_be_taken_away_one_by_one(client, call):
    page = client.get(f"/ideen/{call.slug}?thema=verkehr&stadtteil=wueste&sortierung=neueste").text
    chosen = re.search(r'<nav class="il-chosen".*?</nav>', page, re.S)[0]
    assert re.findall(r'href="([^"]*)"', chosen) == [
        f"/ideen/{call.slug}?thema=verkehr&amp;sortierung=neueste"
        if "stadtteil" in label
        else f"/ideen/{call.slug}?stadtteil=wueste&amp;sortierung=neueste"
        for label in ("thema", "stadtteil")
    ] + [f"/ideen/{call.slug}"]
    assert re.findall(r"</span>([^<]+)<span", chosen) == ["Themenfeld: Verkehr", "Stadtteil: Wüste"]


def test_nothing_found_names_the_filter_to_remove(client, call):
    page = client.get(f"/ideen/{call.slug}?stadtteil=wueste&herkunft=postkarte").text
    assert "Keine Idee passt zu allem, was gesetzt ist." in page
    assert "Ohne „Stadtteil: Wüste“</a>: 1 Idee" in page
    assert "Ohne „Eingegangen über: Postkarte“</a>: 1 Idee" in page
    page = client.get(f"/ideen/{call.slug}?suche=Unauffindbares").text
    assert "Ohne „Suche: „Unauffindbares““</a>: 2 Ideen" in page


def test_empty_fields_of_the_form_leave_the_address(client, call):
    answer = client.get(f"/ideen/{call.slug}?suche=&sortierung=zufall&stadtteil=wueste&stand=&herkunft=")
    assert (answer.status_code, answer.location) == (302, f"/ideen/{call.slug}?stadtteil=wueste")


def test_one_list_has_one_canonical_address(client, call):
    page = client.get(f"/ideen/{call.slug}?sortierung=neueste&stadtteil=wueste&mischung=7&utm_source=x").text
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)[1]
    assert canonical == f"http://localhost/ideen/{call.slug}?stadtteil=wueste&amp;sortierung=neueste"
    first = client.get(f"/ideen/{call.slug}").text
    assert f'<link rel="canonical" href="http://localhost/ideen/{call.slug}">' in first


def test_people_find_their_own_ideas(client, call):
    person = a_person()
    an_idea(call, person, title="Meine Idee")
    client.sign_in(person)
    page = client.get(f"/ideen/{call.slug}?meine=ja").text
    assert titles(page) == ["Meine Idee"]
    assert "Meine eigenen Ideen" in page


def test_votes_for_and_against_open_two_more_orders(client):
    call = a_call(support_mode="for_against")
    for pro, contra in ((60, 40), (3, 0), (0, 2)):
        an_idea(
            call, title=f"{pro} zu {contra}", support_count=pro, against_count=contra,
            certainty=wilson_lower(pro, pro + contra),
        )  # fmt: skip
    page = client.get(f"/ideen/{call.slug}?sortierung=zustimmung").text
    assert re.findall(r">(\d+ zu \d+)</a>", page) == ["60 zu 40", "3 zu 0"]
    assert "60 dafür, 40 dagegen · mindestens 50 Prozent dafür" in page
    assert "3 dafür, 0 dagegen · noch zu wenig Stimmen" in page
    other = a_call()
    an_idea(other)
    assert "umstritten" not in client.get(f"/ideen/{other.slug}?sortierung=umstritten").text.partition("<main")[2]


@pytest.mark.parametrize("order", ["beliebt", "diskutiert"])
def test_more_leaves_out_what_was_shown(client, call, order):
    for number in range(43):
        an_idea(call, title=f"Nummer {number}", support_count=number % 3, comment_count=number % 3)
    address, seen = f"/ideen/{call.slug}?sortierung={order}", []
    for _page in range(3):
        page = client.get(address).text
        seen += titles(page)
        more = re.search(r'href="([^"]*weiter=[^"]*)" rel="next"', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert not address
    assert len(seen) == len(set(seen)) == 45


def test_the_page_about_sorting_calculates_its_examples(client):
    page = client.get("/ideen/sortierung").text
    assert "E. B. Wilson" in page
    rows = re.findall(r'<th scope="row"[^>]*>([^<]*)</th>\s*<td[^>]*>([^<]*)</td>\s*<td[^>]*>([^<]*)</td>', page)
    assert ("600 dafür, 400 dagegen", "60,0 Prozent", "56,9 Prozent") in rows
    assert ("3 dafür, 0 dagegen", "100,0 Prozent", "43,8 Prozent") in rows
    assert "noch zu wenig Stimmen" in page
    assert re.search(r"100 dafür, 100 dagegen</th>\s*<td[^>]*>200.000<", page)
    assert "How do we sort?" in client.get("/en/ideen/sortierung").text


@pytest.mark.parametrize(
    ("query", "statements"),
    [("", 4), ("?sortierung=neueste", 4), ("?sortierung=beliebt", 4), ("?stadtteil=wueste", 5)],
)  # fmt: skip
def test_a_list_costs_four_statements_and_one_more_where_few_ideas_fit(client, call, count_queries, query, statements):
    path = f"/ideen/{call.slug}{query}"
    assert count_queries(lambda: client.get(path)) == statements
