from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.teams.models import Team
from ideenlab.teams.queries import members_of
from tests.factories import a_challenge, a_hackathon, a_person, a_team
from tests.files.samples import film
from tests.prototypes.tus import begin, send

WHY = "Sie ist seit gestern nicht mehr da gewesen."


def test_whoever_leads_hands_over_takes_out_and_dissolves_on_pages_of_their_own(client):
    lead, second, third = a_person(), a_person(pseudonym="Bo"), a_person(pseudonym="Cem")
    team = a_team(a_hackathon(), lead, second, third, code="ABCD2345")
    client.sign_in(lead)
    removal = f"/team/{team.id}/mitglied/{third.id}/entfernen"
    assert removal in client.get(f"/team/{team.id}").text
    assert "Cem" in client.get(removal).text
    assert client.post(removal, data={"reason": "weg"}).status_code == 422
    assert client.post(removal, data={"reason": WHY}).location == f"/team/{team.id}"
    assert db.session.get(Team, team.id).member_count == 2
    assert client.get(removal).status_code == 403
    assert client.post(f"/team/{team.id}/leitung", data={"member": ""}).status_code == 422
    assert client.post(f"/team/{team.id}/leitung", data={"member": str(third.id)}).status_code == 422
    assert client.post(f"/team/{team.id}/leitung", data={"member": str(second.id)}).status_code == 303
    assert client.post(f"/team/{team.id}/aufloesen").status_code == 403
    client.sign_in(second)
    assert "Ja, auflösen" in client.get(f"/team/{team.id}/aufloesen").text
    assert db.session.get(Team, team.id).dissolved_at is None
    assert client.post(f"/team/{team.id}/aufloesen").status_code == 303
    assert client.get(f"/team/{team.id}").status_code == 404


def test_a_team_that_handed_in_says_why_it_stays(client):
    lead = a_person()
    team = a_team(None, lead, a_person(), handed_in_at=now())
    client.sign_in(lead)
    assert "nicht mehr aufgelöst werden" in client.get(f"/team/{team.id}/aufloesen").text
    assert client.post(f"/team/{team.id}/aufloesen").status_code == 403


def test_members_say_what_they_build_and_everybody_reads_it(client):
    member = a_person()
    team = a_team(None, member)
    challenge = a_challenge(team.hackathon, title="Kühle Plätze")
    client.sign_in(member)
    address = f"/team/{team.id}/bearbeiten"
    assert "Kühle Plätze" in client.get(address).text
    data = {"about": "Wir <b>bauen</b>.", "challenge": str(challenge.id), "revision": "1"}
    assert client.post(address, data={**data, "challenge": "999"}).status_code == 422
    assert client.post(address, data={**data, "about": "x" * 501}).status_code == 422
    assert client.post(address, data=data).status_code == 303
    late = client.post(address, data={"about": "Wir löten.", "challenge": "", "revision": "1"})
    assert late.status_code == 409
    assert "Wir löten." in late.text
    assert "Wir &lt;b&gt;bauen&lt;/b&gt;." in late.text
    client.sign_out()
    page = client.get(f"/team/{team.id}").text
    assert "Wir &lt;b&gt;bauen&lt;/b&gt;." in page
    assert "Kühle Plätze" in page


def test_a_challenge_of_another_hackathon_cannot_be_chosen(client):
    member = a_person()
    team = a_team(None, member)
    foreign = a_challenge(a_hackathon())
    client.sign_in(member)
    answer = client.post(f"/team/{team.id}/bearbeiten", data={"challenge": str(foreign.id), "revision": "1"})
    assert answer.status_code == 422
    assert db.session.get(Team, team.id).challenge_id is None


def test_who_is_taken_out_while_uploading_breaks_nothing(client):
    lead, member = a_person(), a_person()
    team = a_team(a_hackathon(), lead, member)
    content = film(b"x" * 90_000)
    client.sign_in(member)
    url = begin(client, team, name="film.mp4", size=len(content)).location
    assert send(client, url, content[:50_000], 0).status_code == 204
    client.sign_in(lead)
    client.post(f"/team/{team.id}/mitglied/{member.id}/entfernen", data={"reason": WHY})
    client.sign_in(member)
    assert (send(client, url, content[50_000:], 50_000).status_code, client.get(url).status_code) == (404, 404)
    client.sign_in(lead)
    assert client.get(f"/team/{team.id}/prototyp/dateien").status_code == 200
    assert members_of(db.session.get(Team, team.id)) == [db.session.merge(lead)]
