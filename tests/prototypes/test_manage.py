"""Organisers see who has handed in, and give a team more time."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.prototypes.actions import hand_in
from ideenlab.prototypes.models import HandIn, LatePermit
from ideenlab.teams.queries import members_of
from tests.factories import a_hackathon, a_person, a_prototype, a_team


@pytest.fixture
def team(app):
    hackathon = a_hackathon(submission_until=now() + timedelta(hours=1), scoring_until=None, scoring_from=None)
    team = a_team(hackathon, a_person(), name="Die Parkfinder")
    a_prototype(team)
    return team


def test_a_late_permit_is_given_shown_used_and_taken_back(client, team):
    page, organiser = f"/organisation/hackathons/{team.hackathon.slug}/abgaben", a_person("organiser")
    client.sign_in(organiser)
    text = client.get(page).text
    assert "0 von 1 Teams haben abgegeben" in text
    assert "nichts abgegeben" in text
    deadline = team.hackathon.submission_until
    until = (deadline + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    given = {"team": str(team.id), "until": until, "reason": "<b>Strom</b>"}
    for field, value, word in (
        ("until", "2020-01-01T10:00Z", "vorbei"), ("until", "", "Bitte"), ("until", "x", "Bitte"),
        ("reason", " ", "Bitte"), ("reason", "x" * 501, "500"), ("team", "99999", ""), ("team", "x", ""),
    ):  # fmt: skip
        refused = client.post(page, data={**given, field: value})
        assert refused.status_code == 422
        assert word in refused.text.split(f'id="{field}-error"')[1][:400]
    assert client.post(page, data=given).status_code == 303
    text = client.get(page).text
    assert "&lt;b&gt;Strom&lt;/b&gt;" in text
    assert "gültig" in text
    permit = db.session.scalars(select(LatePermit)).one()
    (member,) = members_of(team)
    with time_machine.travel(deadline + timedelta(minutes=1), tick=False):
        client.sign_in(member)
        assert "Ihr Team hat eine Nachfrist bis" in client.get(f"/team/{team.id}/prototyp").text
        with transaction():
            version = hand_in(member, team=team, revision=1)
        receipt = client.get(f"/prototyp/{version.prototype_id}/version/1").text
        assert "Mit Nachfrist abgegeben." in receipt
        client.sign_in(organiser)
        end = f"{page}/nachfrist/{permit.id}/zuruecknehmen"
        assert client.post(end.replace(team.hackathon.slug, a_hackathon().slug)).status_code == 404
        assert client.post(end).status_code == 303
        assert client.post(end).status_code == 409
        text = client.get(page).text
        assert "zurückgenommen am" in text
        assert "1 von 1 Teams haben abgegeben" in text
        client.sign_in(member)
        assert "Das endete am" in client.get(f"/team/{team.id}/prototyp").text
        log = client.get(f"/team/{team.id}/verlauf").text
        assert "Die Organisation hat dem Team mehr Zeit für die Abgabe gegeben." in log
    assert db.session.scalars(select(HandIn.late_permit_id)).all() == [permit.id]


def test_which_moment_counts_stands_on_the_page(client, team):
    client.sign_in(members_of(team)[0])
    for rule, sentence in (("written", "gespeichert ist"), ("begun", "bei uns eintrifft")):
        with transaction():
            team.hackathon.deadline_rule = rule
        for path in ("", "/abgeben"):
            page = client.get(f"/team/{team.id}/prototyp{path}").text
            assert f"Es zählt der Moment, in dem Ihre Abgabe {sentence}" in page
