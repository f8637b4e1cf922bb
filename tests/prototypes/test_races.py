"""Several people of a team at the same instant, each in a thread and a transaction of their own."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.core.i18n import speaking
from ideenlab.files.models import StoredFile
from ideenlab.prototypes.actions import (
    Clash,
    DraftText,
    begin_upload,
    end_late_permit,
    give_late_permit,
    hand_in,
    save_draft,
)
from ideenlab.prototypes.models import HandIn, LatePermit, Prototype
from ideenlab.prototypes.rules import quota
from ideenlab.teams.queries import get_team, members_of
from tests.factories import a_hackathon, a_person, a_prototype, a_team

AT_ONCE = 8
TEAMS = 12


@pytest.fixture
def team(app):
    return a_team(a_hackathon(team_size_max=AT_ONCE), *(a_person() for _number in range(AT_ONCE)))


def together(app, team, deed):
    """Let every member do it at once; give back what came out: a result or the kind of error."""
    barrier, results = threading.Barrier(AT_ONCE), []
    team_id = team.id
    db.session.rollback()

    def run(person_id):
        with app.test_request_context(), speaking("en"):
            barrier.wait()
            try:
                with transaction():
                    results.append(deed(db.session.get(Person, person_id), get_team(team_id)))
            except Exception as error:
                results.append(type(error))
            finally:
                db.session.remove()

    people = [number for (number,) in db.session.execute(select(Person.id))]
    db.session.rollback()
    threads = [threading.Thread(target=run, args=(number,)) for number in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_uploads_at_once_never_take_more_room_than_there_is(app, team, monkeypatch):
    monkeypatch.setattr(quota, "LARGEST_DRAFT", 5_000_000)
    results = together(
        app, team, lambda person, team: begin_upload(person, team=team, name="a.zip", size=2_000_000).file_id
    )
    assert results.count(Invalid) == AT_ONCE - 2
    assert db.session.scalars(select(StoredFile.size)).all() == [2_000_000, 2_000_000]
    assert len(db.session.scalars(select(Prototype)).all()) == 1


def test_of_many_who_save_at_once_one_wins_and_all_others_are_told(app, team):
    results = together(
        app, team, lambda person, team: save_draft(person, team=team, text=DraftText(title=f"von {person.id}"),
                                                   revision=1).title
    )  # fmt: skip
    assert results.count(Clash) == AT_ONCE - 1
    (winner,) = [result for result in results if isinstance(result, str)]
    assert db.session.execute(select(Prototype.title, Prototype.revision)).one() == (winner, 2)


def test_many_who_hand_in_at_once_hand_in_one_version(app, team):
    a_prototype(team)
    results = together(app, team, lambda person, team: hand_in(person, team=team, revision=1).number)
    assert results == [1] * AT_ONCE
    assert db.session.scalars(select(HandIn.number)).all() == [1]


@pytest.mark.parametrize("rule", ["written", "begun"])
def test_around_the_deadline_told_means_stored_in_sixty_tries(app, rule):
    """Twelve teams at once, five times; the clock runs and passes the deadline while they hand in."""
    for before in (40, 15, 5, 1, 0):
        hackathon = a_hackathon(deadline_rule=rule)
        teams = [a_prototype(a_team(hackathon, a_person())).team_id for _number in range(TEAMS)]
        deadline, told = hackathon.submission_until, set()
        db.session.rollback()
        barrier = threading.Barrier(TEAMS)

        def run(team_id, barrier=barrier, told=told):
            with app.test_request_context(), speaking("en"), suppress(NotAllowed):
                try:
                    barrier.wait()
                    with transaction():
                        team = get_team(team_id)
                        hand_in(members_of(team)[0], team=team, revision=1, begun_at=now())
                    told.add(team_id)
                finally:
                    db.session.remove()

        with time_machine.travel(deadline - timedelta(milliseconds=before), tick=True):
            threads = [threading.Thread(target=run, args=(team_id,)) for team_id in teams]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        rows = select(Prototype.team_id, HandIn).join(Prototype, Prototype.id == HandIn.prototype_id)
        stored = db.session.execute(rows.where(Prototype.hackathon_id == hackathon.id)).all()
        assert {team_id for team_id, _version in stored} == told
        assert all((v.handed_in_at if rule == "written" else v.begun_at) < deadline for _team, v in stored)


def test_a_late_permit_that_is_taken_back_at_the_same_instant_leaves_no_doubt(app):
    hackathon = a_hackathon(submission_until=now() - timedelta(minutes=1), scoring_until=None)
    team, organiser = a_team(hackathon, a_person()), a_person("organiser")
    a_prototype(team)
    with transaction():
        permit = give_late_permit(organiser, team=team, until=now() + timedelta(minutes=9), reason="Strom")
    numbers, results = (team.id, permit.id, organiser.id), []
    db.session.rollback()
    barrier = threading.Barrier(2)

    def run(deed):
        with app.test_request_context(), speaking("en"):
            try:
                barrier.wait()
                with transaction():
                    deed()
                results.append(deed.__name__)
            except NotAllowed:
                results.append("refused")
            finally:
                db.session.remove()

    def handed_in():
        team = get_team(numbers[0])
        hand_in(members_of(team)[0], team=team, revision=1)

    def taken_back():
        end_late_permit(db.session.get(Person, numbers[2]), permit=db.session.get(LatePermit, numbers[1]))

    threads = [threading.Thread(target=run, args=(deed,)) for deed in (handed_in, taken_back)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "taken_back" in results
    assert db.session.scalars(select(HandIn.late_permit_id)).all() == [numbers[1]] * results.count("handed_in")
