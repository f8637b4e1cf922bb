import csv
import io

import pytest

from ideenlab.core.db import transaction
from ideenlab.insights.actions import draw_opinion_maps
from ideenlab.insights.views.pictures import CHAPTER_OF, CHAPTERS
from tests.factories import a_call, a_comment, a_hackathon, a_person, a_team, a_topic, an_edition, an_idea
from tests.insights.test_queries import an_event
from tests.insights.world import divided_call


@pytest.fixture
def edition(app):
    edition = an_edition()
    call = a_call(edition=edition)
    for title in ("=1+1", "Wasser"):
        a_comment(an_idea(call, topic=a_topic(edition, title=title)))
    for kind, people in (("tour", 3), ("talk", 8), ("workshop", 20)):
        an_event(edition, registered_count=people, format=kind)
    a_team(a_hackathon(edition=edition), a_person())
    return edition


def test_each_chapter_shows_its_pictures_and_each_picture_has_its_table(client, edition, count_queries):
    overview = client.get("/zahlen").text
    for chapter, pictures in CHAPTERS.items():
        assert f'href="/zahlen/{chapter}?ausgabe={edition.slug}"' in overview
        page = client.get(f"/zahlen/{chapter}?ausgabe={edition.slug}").text
        for each in pictures(edition):
            assert CHAPTER_OF[each.name] == chapter
            assert f'aria-labelledby="{each.name}"' in page
            table = client.get(f"/zahlen/{each.name}.csv?ausgabe={edition.slug}")
            rows = list(csv.reader(io.StringIO(table.text)))
            assert len(rows) == 1 + len(each.rows)
            assert table.mimetype == "text/csv"
    assert count_queries(lambda: client.get("/zahlen")) <= 20
    assert client.get("/zahlen/gibt-es-nicht").status_code == 404
    assert client.get("/zahlen/gibt-es-nicht.csv").status_code == 404


def test_a_table_is_safe_for_a_spreadsheet_and_hides_few_people(client, edition):
    topics = client.get("/zahlen/ideen-nach-thema.csv").text
    assert topics.splitlines()[1:] == ["'=1+1,1", "Wasser,1"]
    rows = client.get("/zahlen/teilnahmen-nach-format.csv").text.splitlines()[1:]
    assert rows == ["Workshop,20", "Vortrag,", "Führung,"]  # 31 in all would tell the 3
    page = client.get("/zahlen/programm").text
    assert page.count("nicht gezeigt</span>") == 2


def test_the_number_of_statements_does_not_grow(client, edition, count_queries):
    def each():
        return [count_queries(lambda c=chapter: client.get(f"/zahlen/{c}")) for chapter in CHAPTERS]

    before = each()
    call = a_call(edition=edition)
    for _idea in range(3):
        a_comment(an_idea(call, topic=a_topic(edition)))
    an_event(edition)
    assert each() == before


def test_without_a_week_there_are_no_figures_and_no_fault(client):
    assert client.get("/zahlen").status_code == 200
    assert client.get("/zahlen/ideen").status_code == 404


def test_an_opinion_map_shows_groups_and_says_when_there_are_too_few(client):
    call, ideas, people = divided_call()
    address = f"/ideen/{call.slug}/meinungsbild"
    assert "Zu wenige" in client.get(address).text
    assert client.get(f"{address}.csv").status_code == 404
    draw_opinion_maps()
    page = client.get(address).text
    assert page.count("<circle") == 2
    assert "Gruppe A: 10 Menschen" in page
    assert "100 Prozent dafür" in page
    assert all(person.pseudonym not in page for person in people)
    table = list(csv.reader(io.StringIO(client.get(f"{address}.csv").text)))
    assert table[0] == ["Liste", "Gruppe", "Idee", "Dafür in Prozent", "Dagegen in Prozent"]
    assert [row for row in table if row[0] == "Was eint"] == [
        ["Was eint", group, "Vorschlag 7", "100", "0"] for group in "AB"
    ]
    assert f'href="{address}"' in client.get(f"/ideen/{call.slug}").text
    with transaction():
        ideas[0].state = "hidden"
    assert "Vorschlag 0" not in client.get(address).text
    with transaction():
        call.shows_opinion_map = False
    assert client.get(address).status_code == 404
