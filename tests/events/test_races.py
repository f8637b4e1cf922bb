"""Ten at once, on a barrier."""

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.jobs import JOBS
from ideenlab.events.actions import give_back, move_up, sign_up, sign_up_guest, tell_some
from ideenlab.events.models import Event, SignUp
from ideenlab.mail.models import Mail
from tests.factories import a_person, a_sign_up, an_event
from tests.teams.test_races import AT_ONCE, all_at_once


def test_ten_at_once_for_the_last_place(app):
    event = an_event(places=1)
    people = [a_person().id for _number in range(AT_ONCE - 5)]

    def with_account(number, event_id=event.id):
        return lambda: sign_up(db.session.get(Person, number), event=db.session.get(Event, event_id), sequence=0)

    def with_address(number, event_id=event.id):
        return lambda: sign_up_guest(
            event=db.session.get(Event, event_id), name="Gast", email=f"gast{number}@example.org", sequence=0
        )

    jobs = [*map(with_account, people), *map(with_address, range(5))]
    assert all_at_once(app, jobs) == AT_ONCE
    states = list(db.session.scalars(select(SignUp.state).where(SignUp.event_id == event.id)))
    assert event.registered_count == sum(state in ("registered", "offered") for state in states) == 1
    assert sum(state in ("waiting", "requested") for state in states) == AT_ONCE - 1


def test_who_gives_back_and_two_workers_at_once_move_each_waiting_person_up_once(app):
    event = an_event(places=4)
    holding = [a_sign_up(event, a_person(), confirmed_at=now()).id for _number in range(4)]
    waiting = [a_sign_up(event, a_person(), state="waiting", confirmed_at=now()).id for _number in range(6)]

    def giving_back(number):
        return lambda: give_back(db.session.get(SignUp, number))

    def moving_up(event_id=event.id):
        return lambda: move_up(db.session.get(Event, event_id))

    jobs = [*map(giving_back, holding), *(moving_up() for _worker in range(AT_ONCE - len(holding)))]
    assert all_at_once(app, jobs) == AT_ONCE
    rows = db.session.scalars(select(SignUp).where(SignUp.id.in_(waiting)).order_by(SignUp.id)).all()
    assert [row.state for row in rows] == ["offered"] * 4 + ["waiting"] * 2
    assert event.registered_count == 4
    told = list(db.session.scalars(select(Mail.recipient)))
    assert [told.count(row.person.email) for row in rows] == [1] * 4 + [0] * 2


def test_workers_at_once_tell_everybody_of_a_move_once(app):
    event = an_event(places=50, sequence=1)
    people = [a_person() for _number in range(12)]
    for person in people:
        a_sign_up(event, person, confirmed_at=now())
    everybody = sorted(person.email for person in people)
    jobs = [lambda: tell_some(most=3)] * AT_ONCE
    all_at_once(app, jobs)
    JOBS["events.tell"].work()
    assert sorted(db.session.scalars(select(Mail.recipient))) == everybody
