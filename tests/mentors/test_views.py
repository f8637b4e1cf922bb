import pytest

from ideenlab.core.db import db
from ideenlab.mentors.models import HelpRequest, Mentor
from tests.factories import a_hackathon, a_person, a_registration, a_team
from tests.mentors.world import a_help_request, a_mentor


def state_of(request):
    db.session.rollback()
    return db.session.get(HelpRequest, request.id).state


def test_organisers_name_mentors_and_everybody_reads_the_list(client):
    hackathon, person = a_hackathon(), a_person(pseudonym="Lötfee")
    address, public = f"/organisation/hackathons/{hackathon.slug}/mentoren", f"/hackathon/{hackathon.slug}/mentoren"
    assert "Noch ist niemand benannt" in client.get(public).text
    client.sign_in(a_person("organiser"))
    for wrong in ("", "Niemand", a_registration(hackathon).person.pseudonym):
        assert client.post(address, data={"pseudonym": wrong}).status_code == 422
    data = {"pseudonym": "lötfee", "expertise": "Löten <b>"}
    assert client.post(address, data=data).location == address
    assert "Löten &lt;b&gt;" in client.get(address).text
    client.sign_out()
    text = client.get(public).text
    assert ("Lötfee" in text, person.email in text) == (True, False)
    mentor = db.session.query(Mentor).one()
    client.sign_in(a_person("moderator"))
    assert client.post(f"/organisation/mentoren/{mentor.id}/beenden").status_code == 403
    client.sign_in(a_person("organiser"))
    assert client.post(f"/organisation/mentoren/{mentor.id}/beenden").status_code == 303
    assert client.post(f"/organisation/mentoren/{mentor.id}/beenden").status_code == 404


def test_a_team_asks_and_sees_who_comes_on_the_page_they_share(client):
    hackathon = a_hackathon()
    member, young = a_person(pseudonym="Mira"), a_person(pseudonym="Jule", age_band="under_16")
    team = a_team(hackathon, member, young)
    mentor = a_mentor(hackathon, a_person(pseudonym="Lötfee")).person
    shared, queue = f"/team/{team.id}/hilfe", f"/hackathon/{hackathon.slug}/mentoren/anfragen"
    client.sign_in(young)
    assert client.post(shared, data={"text": ""}).status_code == 422
    assert client.post(shared, data={"text": "Hilfe <i>", "place": "Tisch 7"}).location == shared
    request = db.session.query(HelpRequest).one()
    client.sign_in(mentor)
    assert queue in client.get("/mein-bereich").text
    for page in (queue, shared):
        text = client.get(page).text
        assert ("Hilfe &lt;i&gt;" in text, "Tisch 7" in text) == (True, True)
        assert not [secret for secret in ("@example.org", "under_16", "unter 16") if secret in text]
    assert "Jule" in client.get(shared).text
    assert client.post(shared, data={"text": "Ich?"}).status_code == 403
    assert client.post(f"/hilfe/{request.id}/uebernehmen").location == shared
    client.sign_in(member)
    assert "Lötfee kommt" in client.get(shared).text
    assert client.post(f"/hilfe/{request.id}/erledigt").status_code == 303
    assert state_of(request) == "done"


@pytest.mark.parametrize("who", ["stranger", "participant", "mentor of another", "moderator"])
def test_nobody_else_sees_or_changes_what_a_team_asks(client, who):
    hackathon, member = a_hackathon(), a_person()
    team = a_team(hackathon, member)
    request = a_help_request(team, member)
    people = {
        "stranger": a_person, "participant": lambda: a_registration(hackathon).person,
        "mentor of another": lambda: a_mentor(a_hackathon()).person, "moderator": lambda: a_person("moderator"),
    }  # fmt: skip
    client.sign_in(people[who]())
    for page in (f"/team/{team.id}/hilfe", f"/hackathon/{hackathon.slug}/mentoren/anfragen"):
        answer = client.get(page)
        assert (answer.status_code, request.text in answer.text) == (403, False)
    for deed in ("uebernehmen", "zurueckgeben", "erledigt", "zuruecknehmen"):
        assert client.post(f"/hilfe/{request.id}/{deed}").status_code == 403
    assert state_of(request) == "open"


def test_the_queue_costs_the_same_for_one_three_and_thirty_requests(client, count_queries):
    hackathon, costs = a_hackathon(places=90), []
    mentor = a_mentor(hackathon).person
    client.sign_in(mentor)
    for more in (1, 2, 27):
        for _number in range(more):
            member = a_person()
            a_help_request(a_team(hackathon, member), member)
        costs.append(count_queries(lambda: client.get(f"/hackathon/{hackathon.slug}/mentoren/anfragen")))
    assert len(set(costs)) == 1
