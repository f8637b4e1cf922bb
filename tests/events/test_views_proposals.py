"""Proposing, reviewing and reading in tables, in the browser."""

from datetime import timedelta
from io import BytesIO

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.events.models import Event
from ideenlab.events.queries import all_events
from tests.factories import a_partner, a_person, an_edition, an_event

SOON = (now() + timedelta(days=2)).replace(minute=0)
TYPED = {
    "title": "Löten", "summary": "Wir löten.", "format": "workshop", "language": "de", "topic": "0", "venue": "0",
    "starts_at": SOON.strftime("%Y-%m-%dT%H:%M"), "ends_at": (SOON + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
    "sign_up": "here", "places": "12", "offer_hours": "24",
}  # fmt: skip


@pytest.fixture
def house(app):
    editor, organiser = a_person(), a_person("organiser")
    return editor, organiser, a_partner(editor, slug="zoo", title="Zoo"), an_edition()


def test_a_partner_proposes_answers_and_reads_what_happens_next(client, house):
    editor, organiser, partner, edition = house
    client.sign_in(editor)
    assert client.get("/partner/zoo/veranstaltungen").status_code == 200
    wrong = client.post("/partner/zoo/veranstaltungen/neu", data={**TYPED, "partner": partner.id, "title": ""})
    assert (wrong.status_code, "Wir löten." in wrong.text) == (422, True)
    made = client.post("/partner/zoo/veranstaltungen/neu", data={**TYPED, "partner": partner.id})
    page = client.get(made.location).text
    assert ("Entwurf" in page, "Vorschlagen" in page) == (True, True)
    (event,) = all_events(edition)
    client.post(f"/veranstaltung/{event.id}/vorschlagen")
    assert "Vorgeschlagen" in client.get(made.location).text
    assert "Löten" in client.get("/mein-bereich").text

    client.sign_in(organiser)
    assert "Löten" in client.get("/organisation/programm/vorschlaege").text
    review = f"/organisation/programm/vorschlaege/{event.id}"
    assert client.post(f"{review}/ablehnen", data={"text": " "}).status_code == 422
    assert client.post(f"{review}/frage", data={"text": "Mit Aufzug?"}).status_code == 303

    client.sign_in(editor)
    page = client.get(made.location).text
    assert ("Mit Aufzug?" in page, "haben eine Frage" in page or "hat eine Frage" in page) == (True, True)
    assert client.post(f"/veranstaltung/{event.id}/antwort", data={"text": ""}).status_code == 422
    client.post(f"/veranstaltung/{event.id}/antwort", data={"text": "Ja, mit Aufzug."})
    client.post(f"/veranstaltung/{event.id}/vorschlagen")

    client.sign_in(organiser)
    assert "Ja, mit Aufzug." in client.get(review).text
    assert client.post(f"{review}/veroeffentlichen").status_code == 303
    assert client.post(f"{review}/veroeffentlichen").status_code == 403
    client.sign_in(editor)
    copy = client.post(f"/veranstaltung/{event.id}/kopieren", data={"days": "7"})
    assert client.get(copy.location).status_code == 200
    assert [one.state for one in all_events(edition)] == ["published", "draft"]


def test_others_find_neither_the_proposals_nor_the_partners_list(client, house):
    editor, _organiser, partner, edition = house
    event = an_event(edition=edition, partner=partner, state="draft", proposed_by=editor)
    for person in (a_person(), a_person("moderator")):
        client.sign_in(person)
        for path in (
            "/partner/zoo/veranstaltungen", "/partner/zoo/veranstaltungen/neu", f"/veranstaltung/{event.id}/vorschlag",
            f"/veranstaltung/{event.id}/kopieren", f"/organisation/programm/vorschlaege/{event.id}",
        ):  # fmt: skip
            assert client.get(path).status_code in (403, 404), path


def test_a_table_is_shown_first_and_stored_with_the_second_press(client, house):
    _editor, organiser, _partner, edition = house
    client.sign_in(organiser)
    address = f"/organisation/programm/{edition.slug}/einlesen"
    day = edition.starts_on.strftime("%d.%m.%Y")
    text = f"Nummer;Titel;Datum;Von;Bis\nA1;Führung für Ömer;{day};10:00;12:00\nA2;Spät;{day};12:00;11:00\n"
    assert client.get(address).status_code == 200

    def press(**fields):
        return client.post(address, data=fields, content_type="multipart/form-data")

    first = press(file=(BytesIO(text.encode("cp1252")), "woche.csv"))
    assert (first.status_code, "Führung für Ömer" in first.text, "Das Ende muss" in first.text) == (200, True, True)
    assert all_events(edition) == []
    seen = first.text.partition('name="seen"')[2].partition('value="')[2][:64]
    strange = press(table=text, seen="0" * 64)
    assert (strange.status_code, "hat sich etwas geändert" in strange.text) == (200, True)
    assert all_events(edition) == []
    assert press(table=text, seen=seen, publish="y").status_code == 303
    assert [(event.title, event.state) for event in all_events(edition)] == [("Führung für Ömer", "published")]
    again = press(file=(BytesIO(text.encode()), "woche.csv"))
    assert "Es gibt nichts zu speichern" in again.text
    for broken in (b"", b"\xff\xfe", b"Titel\nx\n", b"\x00" * 400, b'Nummer;"Titel', b"x" * 250_001):
        assert press(file=(BytesIO(broken), "x.csv")).status_code == 422, broken[:20]
    table = client.get(f"/organisation/programm/{edition.slug}/veranstaltungen.csv")
    assert press(file=(BytesIO(table.data), "x.csv")).status_code == 200
    assert db.session.query(Event).count() == 1
