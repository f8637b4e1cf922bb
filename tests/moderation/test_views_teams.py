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
