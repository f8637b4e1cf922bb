"""Ballots under rules that change, in later rounds, with words for the team, and on whole points."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.jury.actions import confirm_ballot, remove_juror
from ideenlab.jury.models import (
    Ballot,
    BallotRevision,
    Criterion,
    JuryRound,
    JuryRoundPrototype,
    JuryRules,
    JuryRulesVersion,
)
from ideenlab.jury.queries import find_seat, way_of
from tests.factories import a_person, saved
from tests.jury.world import a_juror, ballot_of, close_scoring, handed_in, save, scored_hackathon, submitted


@pytest.fixture
def desk(app):
    hackathon = scored_hackathon()
    return a_juror(hackathon), handed_in(hackathon)


def rules(desk, **values):
    with transaction():
        stored = db.session.get(JuryRules, desk[1].hackathon_id)
        for name, value in values.items():
            setattr(stored, name, value)


def change_rules(desk, **values):
    """As an organiser has put the next version in force."""
    hackathon_id, version = desk[1].hackathon_id, db.session.get(JuryRules, desk[1].hackathon_id).version + 1
    saved(JuryRulesVersion(hackathon_id=hackathon_id, number=version, content="{}", sha256="0" * 64))
    rules(desk, version=version, reason="Ein Satz war falsch", **values)


def confirm(desk, revision):
    with transaction():
        return confirm_ballot(desk[0].person, prototype=desk[1], revision=revision)


def test_a_ballot_is_confirmed_as_a_revision_of_its_own(desk):
    first = submitted(*desk, 4, None, 3, strength="Klar", note="Nur ich")
    with pytest.raises(NotAllowed):
        confirm(desk, 1)
    change_rules(desk)
    with pytest.raises(Conflict):
        confirm(desk, 7)
    second = confirm(desk, 1)
    ballot = ballot_of(*desk)
    assert (second.number, second.state, second.content) == (2, "submitted", first.content)
    assert (ballot.rules_version, ballot.state, ballot.strength, ballot.note) == (2, "submitted", "Klar", "Nur ich")
    with pytest.raises(NotAllowed):
        confirm(desk, 2)


def test_what_the_new_rules_ask_for_is_filled_in_before_a_ballot_is_confirmed(desk):
    submitted(*desk, 4, 4, 4.5)
    change_rules(desk, step_half_points=2)
    with pytest.raises(Invalid):
        confirm(desk, 1)
    rules(desk, step_half_points=1, feedback_required=True)
    with pytest.raises(Invalid) as refused:
        confirm(desk, 1)
    assert refused.value.field == "strength"
    rules(desk, feedback_required=False)
    saved(Criterion(hackathon=desk[1].hackathon, position=9, title="Neu", weight=Decimal(1)))
    with pytest.raises(Invalid):
        confirm(desk, 1)
    assert (ballot_of(*desk).rules_version, ballot_of(*desk).revision) == (1, 1)


def test_nobody_scores_while_the_rules_are_being_changed(desk):
    submitted(*desk, 4, 4, 4)
    rules(desk, version=2)
    for attempt in (lambda: save(*desk, 1, revision=1), lambda: confirm(desk, 1)):
        with pytest.raises(NotAllowed, match="gerade geändert"):
            attempt()


def test_whole_points_are_whole(desk):
    rules(desk, step_half_points=2)
    with pytest.raises(Invalid):
        save(*desk, 4.5)
    save(*desk, 4)


def test_words_for_the_team_are_asked_for_only_when_the_rules_say_so(desk):
    submitted(*desk, 4, 4, 4)
    other = handed_in(desk[1].hackathon)
    rules(desk, feedback_required=True)
    words = {"strength": "Klar", "second_strength": "Schön", "next_step": "Testen"}
    for missing in words:
        with pytest.raises(Invalid) as refused:
            submitted(desk[0], other, 4, 4, 4, **{**words, missing: ""})
        assert refused.value.field == missing
    save(desk[0], other, 4)  # not to be saved in between
    kept = json.loads(submitted(desk[0], other, 4, 4, 4, **words).content)
    assert {name: kept[name] for name in words} == words
    assert ballot_of(desk[0], other).next_step == "Testen"


def test_a_second_round_has_ballots_of_its_own(desk):
    submitted(*desk, 4, 4, 4)
    close_scoring(desk[1].hackathon)
    saved(JuryRound(hackathon=desk[1].hackathon, number=2, kind="second", reason="Neu beraten",
                    prototypes=[JuryRoundPrototype(prototype=desk[1])]))  # fmt: skip
    assert not way_of(desk[0], desk[1]).stops[0].done
    submitted(*desk, 1, 1, 1, revision=0)
    ballots = db.session.scalars(select(Ballot).order_by(Ballot.round)).all()
    assert [(b.round, b.revision, b.state) for b in ballots] == [(1, 1, "submitted"), (2, 1, "submitted")]
    assert way_of(desk[0], desk[1]).stops[0].done
    contents = db.session.scalars(select(BallotRevision.content).order_by(BallotRevision.id)).all()
    assert [sorted(json.loads(text)["half_points"].values()) for text in contents] == [[8, 8, 8], [2, 2, 2]]


def test_a_juror_who_was_removed_in_the_middle_saves_nothing_more(desk):
    save(*desk, 4)
    with transaction():
        remove_juror(a_person("organiser"), juror=desk[0])
    with pytest.raises(NotAllowed):
        save(*desk, 1, revision=1)
    assert db.session.scalars(select(Ballot)).one().revision == 1


@pytest.mark.parametrize(
    ("moment", "open_"),
    [("2026-10-25T00:30:00+00:00", True), ("2026-10-25T00:59:59+00:00", True), ("2026-10-25T01:00:00+00:00", True),
     ("2026-10-25T01:30:00+00:00", False)],
)  # fmt: skip
def test_the_clock_that_is_put_back_in_the_night_opens_and_closes_nothing_twice(app, moment, open_):
    """Half past two comes twice that night in Berlin. Scoring ends with the second of them."""
    with time_machine.travel(datetime(2026, 10, 24, 18, tzinfo=UTC), tick=False):
        hackathon = scored_hackathon()
        desk = a_juror(hackathon), handed_in(hackathon)
        with transaction():
            hackathon.scoring_from = datetime(2026, 10, 24, 16, tzinfo=UTC)
            hackathon.scoring_until = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        save(*desk, 4)
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        if open_:
            assert save(*desk, 3).saved_at == datetime.fromisoformat(moment)
        else:
            with pytest.raises(NotAllowed):
                save(*desk, 3)
    assert find_seat(desk[0].person, desk[1]).ballot.revision == (2 if open_ else 1)


def test_the_way_follows_the_stage_and_leaves_out_what_is_not_scored(app):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon)
    beta, alpha = handed_in(hackathon, team="Beta"), handed_in(hackathon, team="Alpha")
    handed_in(hackathon, juror.person, team="Eigenes")
    submitted(juror, beta, 4, 4, 4)
    way = way_of(juror, beta)
    assert [(stop.team, stop.done) for stop in way.stops] == [("Alpha", False), ("Beta", True)]
    assert (way.before.prototype_id, way.after) == (alpha.id, None)
    with transaction():
        hackathon_rules = db.session.get(JuryRules, hackathon.id)
        hackathon_rules.panel = "plan"
    assert way_of(juror, beta).stops == []
