"""Ten at once, on a barrier."""

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.events.actions import sign_up, sign_up_guest
from ideenlab.events.models import Event, SignUp
from tests.factories import a_person, an_event
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
