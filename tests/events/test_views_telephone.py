"""Who calls is typed in by helpers, who see nobody else."""

from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.events.models import EventHelper, SignUp
from tests.factories import a_person, a_sign_up, an_edition, an_event, saved


def test_a_helper_types_in_who_calls_takes_it_back_and_sees_nobody_else(client):
    edition, helper, organiser = an_edition(), a_person(), a_person("organiser")
    event = an_event(edition=edition, places=2)
    a_sign_up(event, name="Geheime Person", confirmed_at=now())
    page, entering = f"/organisation/programm/{edition.slug}/telefon", f"/organisation/programm/{event.id}/anmeldungen"
    client.sign_in(helper)
    assert [client.get(each).status_code for each in (page, f"{entering}/neu")] == [403, 403]
    client.sign_in(organiser)
    helpers = f"{page}/personen"
    assert client.post(helpers, data={"pseudonym": "Niemand"}).status_code == 422
    assert client.post(helpers, data={"pseudonym": helper.pseudonym}).status_code == 303
    client.sign_in(helper)
    assert page in client.get("/mein-bereich").text
    for name, says in (
        ("Frau Anruf", "hat einen Platz. Code des Tickets"),
        ("Herr Spät", "auf der Warteliste, Platz 1"),
    ):
        answer = client.post(f"{entering}/neu", data={"name": name, "phone": "0541 123", "language": "de"})
        assert (answer.status_code, answer.location) == (303, page)
        shown = client.get(page).text
        assert (name in shown, says in shown, "Geheime Person" in shown) == (True, True, False)
    others = a_sign_up(event, confirmed_at=now(), state="waiting")
    row = db.session.scalars(select(SignUp).where(SignUp.name == "Frau Anruf")).one()
    cancelling = "/organisation/programm/anmeldungen/{}/zuruecknehmen"
    assert client.post(cancelling.format(row.id)).status_code == 303
    refused = [
        client.post(cancelling.format(others.id)), client.get(entering), client.get(f"{entering}.pdf"),
        client.post(f"{entering}/{others.id}/absagen"), client.post(f"{entering}/{others.id}/da"),
    ]  # fmt: skip
    assert [answer.status_code for answer in refused] == [404, 403, 403, 403, 403]
    db.session.rollback()
    states = {row.name: row.state for row in db.session.scalars(select(SignUp).where(SignUp.source == "telephone"))}
    assert states == {"Frau Anruf": "cancelled", "Herr Spät": "offered"}
    named = db.session.scalars(select(EventHelper)).one()
    client.sign_in(organiser)
    assert client.post(f"/organisation/programm/telefon/{named.id}/beenden").status_code == 303
    client.sign_in(helper)
    assert client.get(page).status_code == 403


def test_the_list_for_the_entrance_and_the_badges_are_those_of_the_hackathon(client):
    event, organiser = an_event(), a_person("organiser")
    client.sign_in(organiser)
    paths = [f"/organisation/programm/{event.id}/{name}.pdf" for name in ("anmeldungen", "namensschilder")]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    saved(SignUp(event=event, name="Äpfel & Söhne", confirmed_at=now(), ticket_code="ABCDEFGHJK"))
    for path in paths:
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
