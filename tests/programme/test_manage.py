from datetime import date

import pytest
from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.programme.models import Edition, Topic
from tests.factories import a_call, a_person, an_edition

FIELDS = {"title": "Digitale Woche", "motto": "", "starts_on": "2027-06-21", "ends_on": "2027-06-25"}
PAGES = ["", "/neu", "/{slug}", "/{slug}/kopieren", "/{slug}/themenfelder"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("role", "status"), [("juror", 403), ("moderator", 403), ("organiser", 200)])
def test_who_opens_the_pages_of_editions(client, path, role, status):
    edition = an_edition()
    client.sign_in(a_person(role))
    assert client.get("/organisation/ausgaben" + path.format(slug=edition.slug)).status_code == status


def test_an_organiser_makes_an_edition_and_then_its_topics(client):
    client.sign_in(a_person("organiser"))
    answer = client.post("/organisation/ausgaben/neu", data=FIELDS)
    assert (answer.status_code, answer.location) == (303, "/organisation/ausgaben/digitale-woche/themenfelder")
    assert "Umwelt und Energie" in client.get(answer.location).text
    client.post(answer.location, data={"topics": "Umwelt und Energie\r\nVerkehr"})
    db.session.rollback()
    assert [topic.title for topic in db.session.scalars(select(Topic).order_by(Topic.position))] == [
        "Umwelt und Energie", "Verkehr",
    ]  # fmt: skip
    assert "21. Juni 2027 bis 25. Juni 2027" in client.get("/organisation/ausgaben").text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "", "Bitte füllen Sie dieses Feld aus."),
        ("title", "\u200b \t", "Bitte füllen Sie dieses Feld aus."),
        ("title", "x" * 121, "Bitte höchstens 120 Zeichen."),
        ("starts_on", "2027-02-29", "Diesen Tag gibt es nicht."),
        ("starts_on", "morgen", "Bitte geben Sie das Datum so an: 27.06.2027."),
        ("ends_on", "2027-06-20", "Das Ende muss nach dem Beginn liegen."),
        ("ends_on", "9999-01-01", "Das Jahr muss von 2000 bis 2100 sein."),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_kept(client, field, value, says):
    client.sign_in(a_person("organiser"))
    answer = client.post("/organisation/ausgaben/neu", data={**FIELDS, field: value})
    assert (answer.status_code, says in answer.text) == (422, True)
    assert db.session.scalars(select(Edition)).all() == []


def test_an_edition_is_changed(client):
    edition = an_edition()
    client.sign_in(a_person("organiser"))
    assert client.post(f"/organisation/ausgaben/{edition.slug}", data={**FIELDS, "revision": "1"}).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Edition)).one().title == "Digitale Woche"


def test_of_two_who_change_a_week_at_once_the_second_sees_both(client):
    edition = an_edition(motto="Trial & Error")
    address = f"/organisation/ausgaben/{edition.slug}"
    client.sign_in(a_person("organiser"))
    assert client.post(address, data={**FIELDS, "motto": "Der erste", "revision": "1"}).status_code == 303
    for path, given, mine, stored in (
        ("", {**FIELDS, "motto": "Der zweite"}, "Der zweite", "Der erste"),
        ("/themenfelder", {"topics": "Verkehr"}, "Verkehr", "Jemand anderes hat diese Woche"),
    ):
        answer = client.post(address + path, data={**given, "revision": "1"})
        assert (answer.status_code, mine in answer.text, stored in answer.text) == (409, True, True)
    db.session.rollback()
    assert db.session.scalars(select(Edition.motto)).all() == ["Der erste"]
    assert db.session.scalars(select(Topic)).all() == []


def test_a_wrong_list_of_topics_is_shown_again_as_typed(client):
    edition = an_edition()
    client.sign_in(a_person("organiser"))
    answer = client.post(f"/organisation/ausgaben/{edition.slug}/themenfelder", data={"topics": "Verkehr\nverkehr"})
    assert (answer.status_code, "Verkehr\nverkehr" in answer.text) == (422, True)
    assert "Jedes Themenfeld kann hier nur einmal stehen." in answer.text


def test_an_edition_is_copied_from_its_page(client):
    edition = an_edition(title="Digitale Woche", starts_on=date(2027, 6, 21), ends_on=date(2027, 6, 25))
    call = a_call(edition=edition)
    client.sign_in(a_person("organiser"))
    address = f"/organisation/ausgaben/{edition.slug}/kopieren"
    assert 'value="2028-06-19"' in client.get(address).text
    answer = client.post(address, data={"title": "Woche 2028", "starts_on": "2027-06-21", "calls": "y"})
    assert (answer.status_code, "Die Kopie muss nach der Woche beginnen" in answer.text) == (422, True)
    answer = client.post(address, data={"title": "Woche 2028", "starts_on": "2028-06-19", "calls": "y"})
    assert answer.location == "/organisation/ausgaben/woche-2028"
    page = client.get("/ausgabe/woche-2028").text
    assert (call.title in page, "19. Juni 2028 bis 23. Juni 2028" in page) == (True, True)


def test_an_edition_tells_what_it_is_about(client):
    edition = an_edition()
    client.sign_in(a_person("organiser"))
    more = {"summary": "Fünf Tage", "description": "**Mitmachen** <script>alert(1)</script>"}
    client.post(f"/organisation/ausgaben/{edition.slug}", data={**FIELDS, **more, "revision": "1"})
    page = client.get(f"/ausgabe/{edition.slug}").text
    assert ("Fünf Tage" in page, "<strong>Mitmachen</strong>" in page) == (True, True)
