from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.moderation.models import Case
from tests.factories import a_hackathon, a_person, a_team


def test_from_the_report_of_a_name_to_another_name(client):
    member, moderator = a_person(), a_person("moderator")
    team = a_team(a_hackathon(), member, name="Böser Name")
    assert f"/melden/team/{team.id}" in client.get(f"/team/{team.id}").text
    client.post(
        f"/melden/team/{team.id}", data={"reason": "insult", "text": "Der Name beleidigt Menschen.", **client.opened()}
    )
    case = db.session.scalars(select(Case)).one()
    client.sign_in(moderator)
    page = client.get(f"/moderation/team/{team.id}").text
    assert "Namen ausblenden" in page
    client.post(
        f"/moderation/team/{team.id}",
        data={"kind": "hidden", "reason": "Der Name beleidigt Menschen.", "case": str(case.id)},
    )
    assert f"Team {team.id}" in client.get("/moderation/zuletzt").text
    shown = client.get(f"/team/{team.id}").text
    assert "Böser" not in shown
    assert "Böser Name" in client.get(f"/moderation/team/{team.id}").text, "who decides sees what it was"
    client.sign_in(member)
    shown = client.get(f"/team/{team.id}").text
    assert "Der Name beleidigt Menschen." in shown
    assert "Anderen Namen wählen" in client.get("/entscheidung/1").text
    assert client.post("/entscheidung/1", data={"text": "Das ist der Name unseres Hundes."}).status_code == 303
    client.post(f"/team/{team.id}/umbenennen", data={"name": "Guter Name"})
    assert "Guter Name" in client.get(f"/team/{team.id}").text


def test_the_text_of_a_team_is_reported_on_its_page_and_the_team_reads_why_it_is_gone(client):
    member = a_person()
    team = a_team(a_hackathon(), member, about="Alle anderen sind dumm.")
    assert f"/melden/teamtext/{team.id}" in client.get(f"/team/{team.id}").text
    told = {"reason": "insult", "text": "Das beleidigt alle anderen Teams.", **client.opened()}
    assert client.post(f"/melden/teamtext/{team.id}", data=told).status_code == 303
    client.sign_in(a_person("moderator"))
    assert "sind dumm" in client.get(f"/moderation/teamtext/{team.id}").text
    case = db.session.scalars(select(Case)).one()
    answer = {"kind": "hidden", "reason": "Hier werden andere Teams beleidigt.", "case": str(case.id)}
    assert client.post(f"/moderation/teamtext/{team.id}", data=answer).status_code == 303
    assert "sind dumm" not in client.get(f"/team/{team.id}").text
    client.sign_in(member)
    assert "ausgeblendet, was Sie über Ihr Team schreiben" in client.get(f"/team/{team.id}").text
    same = {"about": "Alle anderen sind dumm.", "revision": "2"}
    assert client.post(f"/team/{team.id}/bearbeiten", data=same).status_code == 422
