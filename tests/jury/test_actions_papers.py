"""Sheets of paper: two people, the same points, and never over a ballot that was handed in."""

import json

import pytest
from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.jury.actions import Remarks, reopen_ballot, type_paper
from ideenlab.jury.models import BallotRevision, PaperBallot
from ideenlab.jury.queries import criteria_of
from ideenlab.mail.models import Mail
from tests.factories import a_person
from tests.jury.world import a_juror, ballot_of, close_scoring, handed_in, published, save, scored_hackathon, submitted


@pytest.fixture
def sheet(app):
    hackathon = scored_hackathon()
    return a_juror(hackathon), handed_in(hackathon)


@pytest.fixture
def typists(app):
    return [a_person("organiser"), a_person("administrator"), a_person("organiser")]


def typed(person, sheet, *points, strength="", alone=False):
    juror, prototype = sheet
    criteria = criteria_of(prototype.hackathon)
    half_points = {c: None if p is None else int(p * 2) for c, p in zip(criteria, points, strict=False)}
    excuses = {c: "auf dem Papier leer" for c, p in half_points.items() if p is None}
    with transaction():
        return type_paper(person, juror=juror, prototype=prototype, half_points=half_points, excuses=excuses,
                          remarks=Remarks(strength=strength), knows_to_be_alone=alone).state  # fmt: skip


def test_the_same_points_typed_by_two_people_are_a_ballot(sheet, typists):
    first, second, _third = typists
    assert typed(first, sheet, 4, None, 2.5, strength="Klaar") == "typed"
    assert (
        typed(first, sheet, 4, None, 3.5, strength="Klar") == "typed"
    )  # corrected by oneself, not agreed with oneself
    assert ballot_of(*sheet) is None
    assert typed(second, sheet, 4, None, 3.5, strength="Klar!") == "accepted"
    ballot = ballot_of(*sheet)
    (revision,) = db.session.scalars(select(BallotRevision)).all()
    assert (ballot.state, ballot.revision, ballot.strength, revision.source) == ("submitted", 1, "Klar!", "paper")
    assert sorted(json.loads(revision.content)["half_points"].values(), key=str) == [7, 8, None]
    (paper,) = db.session.scalars(select(PaperBallot)).all()
    assert (paper.typed_by_id, paper.checked_by_id) == (first.id, second.id)
    assert [mail.recipient for mail in db.session.scalars(select(Mail))] == [sheet[0].person.email]


@pytest.mark.parametrize("agrees_with", [0, 1, 2])
def test_who_differs_does_not_count_until_somebody_agrees(sheet, typists, agrees_with):
    first, second, third = typists
    typed(first, sheet, 4, 4, 4)
    assert typed(second, sheet, 4, 4, 5) == "differs"
    assert ballot_of(*sheet) is None
    if agrees_with == 2:  # nobody: the third stands in for the second
        assert typed(third, sheet, 1, 1, 1) == "differs"
        assert typed(second, sheet, 2, 2, 2) == "differs"
        assert ballot_of(*sheet) is None
        return
    points = [(4, 4, 4), (4, 4, 5)][agrees_with]
    assert typed(third, sheet, *points) == "accepted"
    (paper,) = db.session.scalars(select(PaperBallot)).all()
    names = {paper.typed_by_id, paper.checked_by_id}
    assert names == {third.id, [first.id, second.id][agrees_with]}
    assert json.loads(paper.content)["half_points"] == json.loads(paper.checked_content)["half_points"]


def test_paper_never_goes_over_a_ballot_that_was_handed_in(sheet, typists):
    save(*sheet, 1)  # begun on a phone that died
    typed(typists[0], sheet, 4, 4, 4)
    typed(typists[1], sheet, 4, 4, 4)
    assert (ballot_of(*sheet).revision, ballot_of(*sheet).state) == (2, "submitted")
    with pytest.raises(NotAllowed):
        typed(typists[0], sheet, 1, 1, 1)
    with transaction():
        reopen_ballot(sheet[0].person, prototype=sheet[1], revision=2)
    submitted(*sheet, 5, 5, 5)
    with pytest.raises(NotAllowed):
        typed(typists[1], sheet, 1, 1, 1)


def test_one_person_checks_alone_only_where_nobody_else_can(sheet):
    hackathon = sheet[1].hackathon
    only, judging = a_person("organiser"), a_person("organiser")
    a_juror(hackathon, judging)
    typed(only, sheet, 4, 4, 3)
    with pytest.raises(Invalid):
        typed(only, sheet, 4, 4, 5, alone=True)
    other = a_person("administrator")
    with pytest.raises(NotAllowed):
        typed(only, sheet, 4, 4, 3, alone=True)
    with transaction():
        other.state = "closed"
    assert (typed(only, sheet, 4, 4, 3), ballot_of(*sheet)) == ("typed", None)  # without the tick it is a correction
    assert typed(only, sheet, 4, 4, 3, alone=True) == "accepted"
    close_scoring(hackathon)
    (ballot,) = json.loads(published(hackathon).protocol)["ballots"]
    assert ballot["source"] == "paper_by_one"
    assert "Niemand sonst" in db.session.scalars(select(Mail.text).order_by(Mail.id)).first()


def test_who_may_not_type(sheet, typists):
    hackathon = sheet[1].hackathon
    on_the_jury, in_a_team = a_person("organiser"), a_person("organiser")
    a_juror(hackathon, on_the_jury)
    handed_in(hackathon, in_a_team)
    for person in (a_person(), sheet[0].person, on_the_jury, in_a_team):
        with pytest.raises(NotAllowed):
            typed(person, sheet, 4, 4, 4)
    with pytest.raises(Invalid):
        typed(typists[0], sheet, 4, 4)
    own = handed_in(hackathon, sheet[0].person)
    with pytest.raises(NotAllowed):
        typed(typists[0], (sheet[0], own), 4, 4, 4)
    close_scoring(hackathon)
    with pytest.raises(NotAllowed):
        typed(typists[0], sheet, 4, 4, 4)
    assert db.session.scalars(select(PaperBallot)).all() == []
