"""Helpers at the entrance let people in at their hackathon, and read nothing else."""

from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.actions import name_helper
from ideenlab.hackathons.models import Registration
from ideenlab.mail.models import Mail
from tests.factories import a_hackathon, a_person, a_registration

SECRET = "kanarienvogel"


def base(hackathon):
    return f"/organisation/hackathons/{hackathon.slug}"


def a_helper(hackathon):
    person = a_person()
    with transaction():
        name_helper(a_person("organiser"), hackathon=hackathon, person=person)
    return person


def test_organisers_name_helpers_and_end_it(client):
    hackathon, person = a_hackathon(), a_person(pseudonym="Nora")
    address = f"{base(hackathon)}/einlass/personen"
    client.sign_in(person)
    assert (client.get(address).status_code, client.get(f"{base(hackathon)}/einlass").status_code) == (403, 403)
    client.sign_in(a_person("organiser"))
    a_person(pseudonym="Kind", age_band="16_17")
    for wrong in ("", "Niemand", "Kind"):
        assert client.post(address, data={"pseudonym": wrong}).status_code == 422
    assert client.post(address, data={"pseudonym": "nora"}).status_code == 303
    assert client.post(address, data={"pseudonym": "Nora"}).status_code == 422
    assert "Nora" in client.get(address).text
    assert db.session.query(Mail).one().recipient == person.email
    client.sign_in(person)
    assert f"{base(hackathon)}/einlass" in client.get("/mein-bereich").text
    assert client.get(f"{base(hackathon)}/einlass").status_code == 200
    assert client.post("/organisation/einlass/1/beenden").status_code == 403
    client.sign_in(a_person("organiser"))
    assert client.post("/organisation/einlass/1/beenden").status_code == 303
    assert client.post("/organisation/einlass/1/beenden").status_code == 404
    client.sign_in(person)
    assert client.get(f"{base(hackathon)}/einlass").status_code == 403
    assert "Einlass" not in client.get("/mein-bereich").text


def test_a_helper_lets_people_in_and_reads_nothing_of_them(client):
    hackathon = a_hackathon()
    row = a_registration(
        hackathon, legal_name=SECRET, diet=SECRET, access_needs=SECRET, skills=SECRET, wishes=SECRET,
        guardian_name=SECRET, guardian_email=f"{SECRET}@example.org",
    )  # fmt: skip
    client.sign_in(a_helper(hackathon))
    door = f"{base(hackathon)}/einlass"
    first = client.post(door, data={"code": row.ticket_code})
    again = client.post(door, data={"code": row.ticket_code}, headers={"X-Check-In": "x"})
    given = {"pseudonym": "Gast", "age_band": "adult", "conduct": "y"}
    came = client.post(f"{door}/spontan", data=given)
    assert (first.location, again.status_code, came.location) == (door, 200, door)
    pages = [client.get(address).text for address in (door, f"{door}/spontan")] + [again.text]
    assert [page for page in pages if SECRET in page] == []
    assert "Gast" in pages[0]
    assert {one.checked_in_at is not None for one in db.session.query(Registration)} == {True}
    closed = (
        "", "/anmeldungen", f"/anmeldungen/{row.id}", "/anmeldungen.csv", "/anmeldungen.xlsx", "/anmeldungen.pdf",
        "/namensschilder.pdf", "/teilnehmende", "/einlass/personen", "/bearbeiten",
    )  # fmt: skip
    assert {client.get(f"{base(hackathon)}{path}").status_code for path in closed} <= {403, 404}
    for deed in ("einlass", "papier", "karte.pdf", "gefehlt"):
        assert client.post(f"{base(hackathon)}/anmeldungen/{row.id}/{deed}").status_code == 403


def test_a_helper_of_another_hackathon_is_a_stranger_here(client):
    hackathon, other = a_hackathon(), a_hackathon()
    row = a_registration(hackathon)
    client.sign_in(a_helper(other))
    door = f"{base(hackathon)}/einlass"
    given = {"pseudonym": "Gast", "age_band": "adult", "conduct": "y", "code": row.ticket_code}
    for address in (door, f"{door}/spontan"):
        assert (client.get(address).status_code, client.post(address, data=given).status_code) == (403, 403)
    elsewhere = client.post(f"{base(other)}/einlass", data={"code": row.ticket_code})
    assert (elsewhere.status_code, db.session.query(Registration).one().checked_in_at) == (422, None)


@pytest.mark.parametrize("change", [{"ends_at": True}, {"archived_at": True}, {"suspended": True}])
def test_it_ends_with_the_hackathon_and_for_whom_is_suspended(client, change):
    hackathon = a_hackathon()
    person = a_helper(hackathon)
    with transaction():
        for name in change:
            if name == "suspended":
                person.suspended_until, person.suspended_reason = now() + timedelta(days=1), "Streit"
            else:
                setattr(hackathon, name, now())
    client.sign_in(person)
    door = f"{base(hackathon)}/einlass"
    assert [client.get(address).status_code for address in (door, f"{door}/spontan")] == [403, 403]
