"""The page of the draft saves by itself; two people write in it at once."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import challenges_of_prototype
from tests.factories import a_hackathon, a_person, a_prototype, a_team, saved

FORM = {"title": "Parkfinder", "pitch": "Freie Plätze", "description": "**Karte**", "revision": "1"}


@pytest.fixture
def team(person):
    return a_team(a_hackathon(submission_until=now() + timedelta(hours=1)), person, a_person())


@pytest.fixture
def member(client, person):
    client.sign_in(person)
    return client


def address(team, rest=""):
    return f"/team/{team.id}/prototyp{rest}"


def save(client, team, seen, **fields):
    return client.post(
        address(team, "/zwischenstand"),
        data={**FORM, "licence": "", "licence_own": "", "seen": json.dumps(seen), **fields},
    )


def test_a_draft_saves_by_itself_and_tells_what_somebody_else_wrote(member, team):
    first = save(member, team, {}).json
    assert (first["revision"], first["theirs"], first["unsaved"]) == (2, {}, [])
    assert first["message"].startswith("Gespeichert um ")
    save(member, team, first["seen"], pitch="Von Bo", licence="own", licence_own="Hausgemacht")
    second = save(member, team, first["seen"], title="Von Ada").json
    assert second["theirs"] == {
        "pitch": {"pitch": ["Von Bo"]}, "licence": {"licence": ["own"], "licence_own": ["Hausgemacht"]},
    }  # fmt: skip
    assert db.session.execute(select(Prototype.title, Prototype.pitch)).one() == ("Von Ada", "Von Bo")


def test_what_two_people_changed_is_answered_with_both(member, team):
    seen = save(member, team, {}).json["seen"]
    save(member, team, seen, title="Von Bo")
    answer = save(member, team, seen, title="Von Ada")
    assert answer.status_code == 409
    assert answer.json["clash"] == [
        {"name": "title", "label": "Titel", "stored": "Von Bo", "controls": {"title": ["Von Bo"]}}
    ]
    resolved = {**seen, "title": answer.json["seen"]["title"]}
    assert save(member, team, resolved, title="Von Ada").status_code == 200
    page = member.post(
        address(team), data={**FORM, "licence": "", "licence_own": "", "seen": json.dumps(seen), "title": "Von Cem"}
    )
    assert page.status_code == 409
    assert "Von Cem" in page.text
    assert "Von Ada" in page.text


def test_a_field_that_is_only_half_typed_stays_out_and_is_named(member, team):
    answer = save(member, team, {}, code_url="https:/", licence="own", licence_own="x" * 41, challenges="77")
    assert answer.status_code == 200
    assert answer.json["unsaved"] == ["code_url", "licence"]
    assert "aber nicht dies: Link zum Code, Lizenz" in answer.json["message"]
    kept = db.session.execute(select(Prototype.title, Prototype.code_url, Prototype.licence)).one()
    assert kept == ("Parkfinder", "", "")


@pytest.mark.parametrize("seen", ["", "[]", "{", "[" * 9000, '{"title": 1}', '{"title": "' + "x" * 3000 + '"}', "null"])
def test_forged_fingerprints_overwrite_nothing(member, team, seen):
    save(member, team, {})
    answer = member.post(address(team, "/zwischenstand"), data={**FORM, "title": "Anders", "seen": seen})
    assert answer.status_code == 409
    assert db.session.scalar(select(Prototype.title)) == "Parkfinder"


def test_nobody_else_saves_and_nobody_after_the_deadline(client, person, team):
    client.sign_in(a_person("organiser"))
    assert save(client, team, {}).status_code == 403
    client.sign_in(person)
    with time_machine.travel(team.hackathon.submission_until, tick=False):
        refused = save(client, team, {})
    assert refused.status_code == 403
    assert "Das endete am" in refused.json["message"]
    assert db.session.scalar(select(Prototype.id)) is None


def test_challenges_and_licence_are_chosen_on_the_page(member, team):
    challenge = saved(Challenge(hackathon=team.hackathon, position=1, title="Radwege", published_at=now()))
    saved(Challenge(hackathon=team.hackathon, position=2, title="Geheim"))
    page = member.get(address(team)).text
    assert "Radwege" in page
    assert "Geheim" not in page
    given = {**FORM, "challenges": str(challenge.id), "licence": "EUPL-1.2", "prior_work": "Ein Plan", "ai_use": "–"}
    assert member.post(address(team), data=given).status_code == 303
    assert challenges_of_prototype(db.session.scalar(select(Prototype))) == [challenge]
    for path in ("", "/abgeben"):
        page = member.get(address(team, path)).text
        assert "EUPL-1.2" in page
        assert "Ein Plan" in page
    refused = member.post(address(team), data={**given, "challenges": "99999", "licence": "erfunden"})
    assert refused.status_code == 422
    assert member.post(address(team), data={**given, "challenges": "x"}).status_code == 422


def test_what_is_missing_is_linked_before_and_at_handing_in(member, team):
    with transaction():
        team.hackathon.required_fields = "title licence screenshot"
    a_prototype(team)
    for page in (member.get(address(team, "/abgeben")), member.post(address(team, "/abgeben"), data={"revision": "1"})):
        assert "Das fehlt noch" in page.text
        assert f'href="{address(team)}#licence">Lizenz' in page.text
        assert f'href="{address(team)}/bilder">Bildschirmfotos' in page.text
    assert page.status_code == 422
    assert "Bitte füllen Sie vorher aus: Lizenz, Bildschirmfotos." in page.text
    assert re.search(r'<select[^>]*aria-required="true"[^>]*id="licence"', member.get(address(team)).text)
