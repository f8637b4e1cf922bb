"""Several people of a team at the same instant, each in a thread and a transaction of their own."""

import threading

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import speaking
from ideenlab.files.models import StoredFile
from ideenlab.prototypes.actions import DraftText, begin_upload, hand_in, save_draft
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.rules import quota
from ideenlab.teams.queries import get_team
from tests.factories import a_hackathon, a_person, a_prototype, a_team

AT_ONCE = 8


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
    assert results.count(Conflict) == AT_ONCE - 1
    (winner,) = [result for result in results if isinstance(result, str)]
    assert db.session.execute(select(Prototype.title, Prototype.revision)).one() == (winner, 2)


def test_many_who_hand_in_at_once_hand_in_one_version(app, team):
    a_prototype(team)
    results = together(app, team, lambda person, team: hand_in(person, team=team, revision=1).number)
    assert results == [1] * AT_ONCE
    assert db.session.scalars(select(HandIn.number)).all() == [1]
