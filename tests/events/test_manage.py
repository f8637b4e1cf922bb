"""What organisers and editors do with events."""

import csv

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.events.models import Event, SignUp, Venue
from tests.events.test_rules import a_partner_with_editor
from tests.factories import a_district, a_person, a_sign_up, an_edition, an_event, saved

TIMES = {"starts_at": "2027-06-28T18:00", "ends_at": "2027-06-29T02:00"}
FORM = {
    "title": "Nacht der Daten", "format": "talk", "partner": "0", "topic": "0", "venue": "0", "language": "de",
    "sign_up": "here", "places": "20", "offer_hours": "24", **TIMES,
}  # fmt: skip


@pytest.fixture
def organiser(client):
    person = a_person("organiser")
    client.sign_in(person)
    return person


def test_an_organiser_plans_an_event_from_place_to_cancellation(client, organiser):
    an_edition()
    assert client.post("/organisation/programm/orte/neu", data={"title": "Halle"}).status_code == 303
    venue = db.session.scalars(select(Venue)).one()
    assert "Halle" in client.get("/organisation/programm/orte").text
    assert client.get(f"/organisation/programm/orte/{venue.id}").status_code == 200
    assert client.get("/organisation/programm/neu").status_code == 200
    wrong = client.post("/organisation/programm/neu", data={**FORM, "ends_at": "2027-06-28T17:00"})
    assert (wrong.status_code, "Nacht der Daten" in wrong.text) == (422, True)
    made = client.post("/organisation/programm/neu", data={**FORM, "venue": str(venue.id), "series": "Nächte"})
    number = db.session.scalars(select(Event.id)).one()
    assert made.location == f"/organisation/programm/{number}"
    for page in (made.location, "/organisation/programm", f"{made.location}/bearbeiten", f"{made.location}/absagen"):
        assert client.get(page).status_code == 200
    client.post(f"{made.location}/veroeffentlichen")
    shown = client.get(f"/veranstaltung/{number}").text
    assert "Mo., 28. Juni 2027, 18:00 Uhr bis Di., 29. Juni 2027, 02:00 Uhr" in shown
    assert client.post(f"{made.location}/kopieren").status_code == 303
    assert client.post(f"{made.location}/absagen", data={"reason": ""}).status_code == 422
    assert client.post(f"{made.location}/absagen", data={"reason": "Sturm"}).status_code == 303
    assert "Sturm" in client.get(f"/veranstaltung/{number}").text


def test_the_slower_of_two_organisers_reads_both_versions(client, organiser):
    event = an_event()
    page = f"/organisation/programm/{event.id}/bearbeiten"
    assert client.post(page, data={**FORM, "revision": "1", "title": "Erste"}).status_code == 303
    slower = client.post(page, data={**FORM, "revision": "1", "title": "Zweite"})
    assert (slower.status_code, "Erste" in slower.text, "Zweite" in slower.text) == (409, True, True)


def test_who_comes_is_for_organisers_and_editors_only(client):
    partner, editor = a_partner_with_editor()
    event = an_event(partner=partner, places=1)
    row = a_sign_up(event, name="=Anna", confirmed_at=now())
    waiting = a_sign_up(event, state="waiting", name="Wanda", confirmed_at=now())
    base = f"/organisation/programm/{event.id}"
    pages = ("anmeldungen", "anmeldungen.csv", "anmeldungen/neu", "einlass", "einlass/spontan", "mitteilung")
    client.sign_in(a_person())
    assert {client.get(f"{base}/{page}").status_code for page in pages} == {403}
    client.sign_in(editor)
    assert {client.get(f"{base}/{page}").status_code for page in pages} == {200}
    table = list(csv.reader(client.get(f"{base}/anmeldungen.csv").text.splitlines()))
    assert [line[0] for line in table] == ["name", "'=Anna", "Wanda"]
    assert "Wanda" in client.get(f"{base}/anmeldungen?suche=wand").text
    called = client.post(f"{base}/anmeldungen/neu", data={"name": "Tel", "phone": "0541", "language": "de"})
    assert called.status_code == 303
    for deed in ("da", "weg", "gefehlt", "anwesend", "absagen"):
        assert client.post(f"{base}/anmeldungen/{row.id}/{deed}").status_code == 303
    states = dict(db.session.execute(select(SignUp.id, SignUp.state)).all())
    assert (states[row.id], states[waiting.id]) == ("cancelled", "offered")
    assert client.post(f"{base}/anmeldungen/{row.id + 99}/da").status_code == 404
    letter = {"title": "Bus", "text": "Linie 7"}
    assert client.post(f"{base}/mitteilung", data=letter).status_code == 303


def test_the_entrance_takes_codes_and_people_without_one(client, organiser):
    event = an_event(places=2)
    row = a_sign_up(event, confirmed_at=now())
    page = f"/organisation/programm/{event.id}/einlass"
    part = client.post(page, data={"code": row.ticket_code}, headers={"X-Check-In": "1"})
    assert (part.status_code, f"Willkommen, {row.name}!" in part.text, "1 von 1" in part.text) == (200, True, True)
    assert client.post(page, data={"code": "NIX"}, headers={"X-Check-In": "2"}).status_code == 422
    assert client.post(page, data={"code": row.ticket_code}).status_code == 303
    assert client.post(f"{page}/spontan", data={"name": "Zufall"}).status_code == 303
    full = client.post(f"{page}/spontan", data={"name": "Zu viel"})
    assert (full.status_code, "Zu viel" in full.text) == (422, True)


def test_a_place_typed_twice_becomes_one_and_nobody_is_told(client, organiser):
    kept, twice = (
        saved(Venue(title="Halle 1", title_folded="halle 1")),
        saved(Venue(title="Halle Eins", title_folded="halle eins", address="Am Markt 1", latitude=1, longitude=2)),
    )
    event = an_event(venue=twice)
    address = f"/organisation/programm/orte/{twice.id}/zusammenlegen"
    assert "Veranstaltungen an diesem Ort" in client.get(address).text
    for wrong in ("", str(twice.id), "999"):
        assert client.post(address, data={"into": wrong}).status_code == 422
    answer = client.post(address, data={"into": str(kept.id)})
    assert answer.location == f"/organisation/programm/orte/{kept.id}"
    db.session.rollback()
    (venue,) = db.session.scalars(select(Venue)).all()
    assert (venue.title, venue.address, venue.latitude, venue.longitude) == ("Halle 1", "Am Markt 1", 1, 2)
    assert (event.venue_id, event.sequence, event.revision) == (kept.id, 0, 2)


def test_a_place_has_a_mark_that_lies_in_the_city_and_its_events_show_it(client, organiser):
    a_district()
    form, address = {"title": "Halle 1", "address": "Am Markt 1"}, "/organisation/programm/orte/neu"
    answer = client.post(address, data={**form, "latitude": "1", "longitude": "2"})
    assert (answer.status_code, "Die Markierung liegt außerhalb der Stadt." in answer.text) == (422, True)
    inside = {"latitude": "52225000", "longitude": "8025000"}
    assert client.post(address, data={**form, **inside}).status_code == 303
    db.session.rollback()
    event = an_event(venue=db.session.scalars(select(Venue)).one())
    assert "il-map__pin" in client.get(f"/veranstaltung/{event.id}").text


def test_a_short_address_leads_to_the_event_and_only_to_one_that_everybody_sees(client):
    event, draft = an_event(), an_event(state="draft")
    page = client.get(f"/veranstaltung/{event.id}/teilen").text
    assert (f"http://localhost/v/{event.id}" in page, "data:image/svg+xml" in page) == (True, True)
    assert client.get(f"/v/{event.id}").location == f"/veranstaltung/{event.id}"
    assert [client.get(f"/v/{number}").status_code for number in (draft.id, 2**40)] == [404, 404]
