"""Signing up, with and without an account, as people see it."""

from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.events.models import SignUp
from ideenlab.events.queries import link_secret
from tests.factories import a_person, an_event


def only_row():
    return db.session.scalars(select(SignUp)).one()


def test_without_an_account_the_link_of_the_mail_does_it(client):
    event = an_event(places=1)
    page = f"/veranstaltung/{event.id}/anmelden"
    assert "Sie brauchen kein Konto." in client.get(f"/veranstaltung/{event.id}").text
    assert client.get(page).status_code == 200
    wrong = client.post(page, data={"name": "", "email": "kein@", "sequence": "0", **client.opened()})
    assert (wrong.status_code, "kein@" in wrong.text) == (422, True)
    sent = {"name": "Anna", "email": "anna@example.org", "sequence": "0", **client.opened()}
    answer = client.post(page, data=sent)
    assert (answer.status_code, answer.location) == (303, f"{page}/gesendet")
    assert "anna@example.org" in client.get(answer.location).text
    assert "Ausgebucht" not in client.get(f"/veranstaltung/{event.id}").text
    mine = f"/anmeldung/{link_secret(only_row().ticket_code)}"
    assert "Ja, ich komme" in client.get(mine).text
    assert only_row().state == "offered"  # looking changes nothing
    assert client.post(f"{mine}/nehmen").status_code == 303
    assert only_row().ticket_code[:5] in client.get(mine).text
    assert client.get(f"{mine}/ticket.pdf").data.startswith(b"%PDF")
    client.post(f"{mine}/abgeben")
    assert client.get(f"{mine}/ticket.pdf").status_code == 404
    assert "Wieder anmelden" in client.get(mine).text
    client.post(f"{mine}/wieder")
    assert only_row().state == "registered"
    assert client.get("/anmeldung/" + "x" * 43).status_code == 410


def test_with_an_account_one_press_and_nothing_to_type(client):
    event, person = an_event(), a_person()
    client.sign_in(person)
    answer = client.post(f"/veranstaltung/{event.id}/anmelden", data={"sequence": "0"})
    assert (answer.status_code, answer.location) == (303, f"/veranstaltung/{event.id}/anmeldung")
    assert "Sie haben einen Platz" in client.get(answer.location).text
    assert "Sie sind angemeldet" in client.get("/programm").text
    assert client.post(f"{answer.location}/abgeben").status_code == 303
    assert "Wieder anmelden" in client.get(answer.location).text


def test_a_move_while_somebody_types_is_shown_before_it_counts(client):
    event = an_event()
    sent = {"name": "Anna", "email": "anna@example.org", "sequence": "0", **client.opened()}
    with transaction():
        event.sequence = 1
    page = f"/veranstaltung/{event.id}/anmelden"
    answer = client.post(page, data=sent)
    assert (answer.status_code, "Zeit oder Ort ist neu" in answer.text, "anna@example.org" in answer.text) == (
        409, True, True,
    )  # fmt: skip
    assert 'name="sequence" type="hidden" value="1"' in answer.text
    assert client.post(page, data={**sent, "sequence": "1"}).status_code == 303


def test_many_tries_with_one_address_are_slowed(client):
    event = an_event()
    sent = {"name": "Anna", "email": "anna@example.org", "sequence": "0", **client.opened()}
    statuses = [client.post(f"/veranstaltung/{event.id}/anmelden", data=sent).status_code for _time in range(11)]
    assert (statuses[0], statuses[-1]) == (303, 429)
