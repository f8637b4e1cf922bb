"""The ballot page: two versions, words for the team, changed rules, later rounds."""

import re

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.jury.actions import open_new_version, put_in_force
from ideenlab.jury.models import JuryRound, JuryRoundPrototype, JuryRules
from tests.factories import a_person, saved
from tests.jury.world import a_juror, address, close_scoring, handed_in, save, scored_hackathon, sent, submitted


@pytest.fixture
def desk(client):
    """A juror who is signed in, before a prototype."""
    hackathon = scored_hackathon()
    juror, prototype = a_juror(hackathon), handed_in(hackathon, team="Die Hasen", title="Bank-o-mat")
    client.sign_in(juror.person)
    return juror, prototype


def test_what_is_stored_can_be_replaced_knowingly_while_the_ballot_is_open(client, desk):
    save(*desk, 4)
    clash = client.post(address(desk[1], "/zwischenstand"), data=sent(desk[1], "3", save_id="other-tab-1"))
    assert (clash.status_code, clash.json["stored_revision"]) == (409, 1)
    submitted(*desk, 4, 4, 4)
    clash = client.post(address(desk[1], "/zwischenstand"), data=sent(desk[1], "3", save_id="other-tab-1"))
    assert (clash.status_code, "stored_revision" in clash.json) == (409, False)


def test_words_for_the_team_are_kept_and_an_old_comment_stays_readable(client, desk):
    save(*desk, 4, comment="Von früher")
    data = sent(desk[1], "4", revision=1, strength="Klar", second_strength="Schön", next_step="Testen")
    client.post(address(desk[1], "/zwischenstand"), data={**data, "comment": "Von früher"})
    page = client.get(address(desk[1])).text
    assert all(text in page for text in ("Klar", "Schön", "Testen", "Von früher"))
    with transaction():
        db.session.get(JuryRules, desk[1].hackathon_id).feedback_required = True
    data = sent(desk[1], "4", "4", "4", revision=2, save_id="page-save-9", submit="1")
    answer = client.post(address(desk[1]), data=data)
    assert (answer.status_code, 'href="#strength"' in answer.text) == (422, True)


def test_a_ballot_under_changed_rules_is_confirmed_on_its_page(client, desk):
    submitted(*desk, 4, 4, 4)
    organiser, hackathon = a_person("organiser"), desk[1].hackathon
    with transaction():
        open_new_version(organiser, hackathon=hackathon, reason="Ein Satz war falsch")
        rules = db.session.get(JuryRules, hackathon.id)
        rules.quorum = 4
    with transaction():
        put_in_force(organiser, hackathon=hackathon, revision=db.session.get(JuryRules, hackathon.id).revision)
    page = client.get(address(desk[1])).text
    assert "Ein Satz war falsch" in page
    assert re.search(r": 1[^<→]*→ 4", page)
    assert client.post(address(desk[1], "/bestaetigen"), data={"revision": "1"}).location == address(desk[1])
    page = client.get(address(desk[1])).text
    assert "Ihr Bogen ist unter der neuen Bewertungsordnung bestätigt." in page
    assert "Ein Satz war falsch" not in page


def test_a_later_round_shows_the_ballot_before_beside_it(client, desk):
    submitted(*desk, 4.5, None, 2)
    close_scoring(desk[1].hackathon)
    saved(JuryRound(hackathon=desk[1].hackathon, number=2, kind="second", reason="Die Vorführung wird nachgeholt.",
                    prototypes=[JuryRoundPrototype(prototype=desk[1])]))  # fmt: skip
    page = client.get(address(desk[1])).text
    assert "Die Vorführung wird nachgeholt." in page
    assert "In Runde 1 gaben Sie 4,5 Punkte." in page
    assert "In Runde 1 haben Sie keine Angabe gemacht." in page
    assert "checked" not in page
