"""Ten at once, on a barrier: what the database holds afterwards is what counts."""

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import HOLDING, LIVING
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.actions import cancel_registration, confirm_place, move_up, register_for_hackathon
from ideenlab.hackathons.models import Hackathon, Registration
from tests.factories import a_hackathon, a_person, a_registration
from tests.teams.test_races import AT_ONCE, ROUNDS, all_at_once

CONSENTS = ("conduct",)


def registering(person_id, hackathon_id):
    return lambda: register_for_hackathon(
        db.session.get(Person, person_id), hackathon=db.session.get(Hackathon, hackathon_id), consents=CONSENTS
    )


def states_of(hackathon):
    rows = db.session.query(Registration).filter_by(hackathon_id=hackathon.id).order_by(Registration.created_at)
    return [row.state for row in rows]


def test_the_last_places_are_given_once_and_all_others_wait(app):
    for _number in range(ROUNDS):
        hackathon = a_hackathon(places=4)
        people = [a_person().id for _number in range(AT_ONCE)]
        assert all_at_once(app, [registering(person, hackathon.id) for person in people]) == AT_ONCE
        assert hackathon.registered_count == 4
        assert sorted(states_of(hackathon)) == ["registered"] * 4 + ["waiting"] * 6


def test_one_person_registers_once_from_ten_windows(app):
    for _number in range(ROUNDS):
        hackathon, person = a_hackathon(), a_person().id
        assert all_at_once(app, [registering(person, hackathon.id)] * AT_ONCE) == 1
        assert hackathon.registered_count == 1


def test_who_cancels_while_others_register_leaves_no_place_empty_and_none_twice(app):
    for _number in range(ROUNDS):
        hackathon = a_hackathon(places=3)
        there = [a_registration(hackathon).person_id for _number in range(3)]
        new = [a_person().id for _number in range(5)]

        def cancelling(person, hackathon_id=hackathon.id):
            return lambda: cancel_registration(
                db.session.get(Person, person), hackathon=db.session.get(Hackathon, hackathon_id)
            )

        jobs = [*map(cancelling, there), *(registering(person, hackathon.id) for person in new)]
        assert all_at_once(app, jobs) == 8
        with transaction():
            move_up(hackathon)
        states = states_of(hackathon)
        assert hackathon.registered_count == sum(state in HOLDING for state in states) == 3
        assert sum(state in LIVING for state in states) == 5


def test_an_offer_is_taken_once_from_ten_windows(app):
    for _number in range(ROUNDS):
        hackathon = a_hackathon(places=1)
        first = a_registration(hackathon).person
        person = a_person()
        with transaction():
            registering(person.id, hackathon.id)()
        with transaction():
            cancel_registration(first, hackathon=hackathon)
        job = lambda person=person.id, hackathon_id=hackathon.id: confirm_place(  # noqa: E731
            db.session.get(Person, person), hackathon=db.session.get(Hackathon, hackathon_id)
        )
        assert all_at_once(app, [job] * AT_ONCE) == 1
        assert (hackathon.registered_count, sorted(states_of(hackathon))) == (1, ["cancelled", "registered"])
