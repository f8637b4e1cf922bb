from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.history.models import Entry
from ideenlab.ideas.models import Call
from tests.factories import a_call, a_person, an_edition

FIELDS = {
    "title": "Sichere Schulwege", "summary": "Wo hakt es?", "description": "Sagen **Sie** es.",
    "collect_from": "2027-03-01T09:00", "collect_until": "2027-03-28T03:00", "do": "save",
}  # fmt: skip


def organiser_of(client):
    client.sign_in(a_person("organiser"))
    return str(an_edition().id)


@pytest.mark.parametrize("path", ["", "/neu", "/{slug}"])
@pytest.mark.parametrize(("role", "status"), [("juror", 403), ("moderator", 403), ("organiser", 200)])
def test_who_opens_the_pages_of_calls(client, path, role, status):
    call = a_call()
    client.sign_in(a_person(role))
    assert client.get("/organisation/aufrufe" + path.format(slug=call.slug)).status_code == status


def test_an_organiser_makes_a_call_with_dates_in_the_citys_time(client):
    edition = organiser_of(client)
    answer = client.post("/organisation/aufrufe/neu", data={**FIELDS, "edition": edition})
    assert (answer.status_code, answer.location) == (303, "/ideen/sichere-schulwege")
    db.session.rollback()
    call = db.session.scalars(select(Call)).one()
    assert call.collect_from == datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert call.collect_until == datetime(2027, 3, 28, 1, tzinfo=UTC)  # summer time has begun
    assert (call.discuss_from, call.results_until) == (None, None)
    assert call.description_html == "<p>Sagen <strong>Sie</strong> es.</p>\n"
    page = client.get(answer.location).text
    assert "Mo., 1. März 2027, 09:00 Uhr bis So., 28. März 2027, 03:00 Uhr" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", " \ufeff ", "Bitte füllen Sie dieses Feld aus."),
        ("title", "x" * 121, "Bitte höchstens 120 Zeichen. Das ist 1 Zeichen zu viel."),
        ("summary", "x" * 301, "Bitte höchstens 300 Zeichen."),
        ("edition", "4711", "Bitte wählen Sie eine der Ausgaben."),
        ("collect_until", "2027-03-01T09:00", "Das Ende muss nach dem Beginn liegen."),
        ("collect_until", "2027-03-28T02:30", "Diese Uhrzeit gibt es nicht. Die nächste ist 03:00."),
        ("collect_until", "2027-10-31T02:30", "Diese Uhrzeit gibt es zweimal."),
        ("collect_until", "0001-01-01T00:00", "Das Jahr muss von 2000 bis 2100 sein."),
        ("collect_from", "2027-02-29T10:00", "Diesen Tag gibt es nicht."),
        ("discuss_until", "2027-03-28T10:00", "Es gibt ein Ende, aber keinen Beginn."),
    ],
)
def test_bad_dates_and_words_are_said_at_their_field(client, field, value, says):
    edition = organiser_of(client)
    answer = client.post("/organisation/aufrufe/neu", data={**FIELDS, "edition": edition, field: value})
    assert (answer.status_code, says in answer.text) == (422, True)
    assert "Sagen **Sie** es." in answer.text
    assert db.session.scalars(select(Call)).all() == []


def test_the_preview_saves_nothing(client):
    edition = organiser_of(client)
    answer = client.post("/organisation/aufrufe/neu", data={**FIELDS, "edition": edition, "do": "preview"})
    assert (answer.status_code, "Sagen <strong>Sie</strong> es." in answer.text) == (200, True)
    assert db.session.scalars(select(Call)).all() == []


def test_two_calls_of_one_title_have_two_addresses(client):
    edition = organiser_of(client)
    for _number in range(2):
        client.post("/organisation/aufrufe/neu", data={**FIELDS, "edition": edition})
    db.session.rollback()
    assert sorted(call.slug for call in db.session.scalars(select(Call))) == [
        "sichere-schulwege",
        "sichere-schulwege-2",
    ]


def test_a_call_is_changed_and_the_slower_organiser_sees_both(client):
    call = a_call(title="Vorher")
    slug = call.slug
    client.sign_in(a_person("organiser"))
    assert 'value="1"' in client.get(f"/organisation/aufrufe/{slug}").text
    fields = {**FIELDS, "edition": str(call.edition_id), "revision": "1"}
    assert client.post(f"/organisation/aufrufe/{slug}", data={**fields, "title": "Zuerst"}).status_code == 303
    answer = client.post(f"/organisation/aufrufe/{slug}", data={**fields, "title": "Danach"})
    assert answer.status_code == 409
    assert "Zuerst" in answer.text
    assert "Danach" in answer.text
    db.session.rollback()
    call = db.session.scalars(select(Call)).one()
    assert (call.title, call.slug, call.revision) == ("Zuerst", slug, 2)
    assert [entry.deed for entry in db.session.scalars(select(Entry))] == ["calls.edited"]


def test_the_list_says_which_phases_are_open(client):
    a_call(title="Läuft", open_phases=("discuss", "support"))
    client.sign_in(a_person("organiser"))
    page = client.get("/organisation/aufrufe").text
    assert "jetzt offen: Diskutieren, Unterstützen" in page


def test_without_an_edition_the_way_leads_there(client):
    client.sign_in(a_person("organiser"))
    assert 'href="/organisation/ausgaben"' in client.get("/organisation/aufrufe").text
    assert client.get("/organisation/aufrufe/neu").status_code == 404
