from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.models import Entry
from ideenlab.rehearsals.actions import start_rehearsal, take_next_step, wipe_rehearsal
from tests.factories import a_person
from tests.rehearsals.test_actions import planned
from tests.teams.test_races import all_at_once


def count(*conditions):
    return db.session.scalar(select(func.count()).where(*conditions))


def test_two_organisers_at_once_begin_go_on_and_wipe_only_once(app):
    people = [a_person("organiser").id for _number in range(3)]
    original = planned().id

    def at_once(deed):
        return all_at_once(app, [lambda number=number: deed(db.session.get(Person, number)) for number in people])

    def rehearsal():
        return db.session.scalars(select(Hackathon).where(Hackathon.rehearsal_of_id == original)).first()

    assert at_once(lambda who: start_rehearsal(who, hackathon=db.session.get(Hackathon, original))) == 1
    assert count(Hackathon.rehearsal_of_id == original) == 1
    assert at_once(lambda who: take_next_step(who, rehearsal=rehearsal(), step="registration")) == 1
    assert count(Person.is_trial) == 10
    number = rehearsal().id
    with transaction():
        take_next_step(db.session.get(Person, people[0]), rehearsal=rehearsal(), step="teams")

    def still_there():
        if (found := db.session.get(Hackathon, number)) is None:
            raise Conflict("wiped")
        return found

    assert at_once(lambda who: wipe_rehearsal(who, rehearsal=still_there())) == 1
    assert (count(Hackathon.id == number), count(Person.is_trial)) == (0, 0)
    assert count(Entry.deed == "rehearsals.wiped") == 1
