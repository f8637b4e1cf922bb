"""Who comes: never shown to anybody but organisers, editors and the person."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import LIVING
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.events.models import Event, SignUp


def find_any_sign_up(person: Person, event: Event) -> SignUp | None:
    """The row, also when it was cancelled."""
    return db.session.scalar(select(SignUp).where(SignUp.event_id == event.id, SignUp.person_id == person.id))


def find_sign_up(person: Person, event: Event) -> SignUp | None:
    """A place, an offer or a place on the waiting list."""
    found = find_any_sign_up(person, event)
    return found if found and found.state in LIVING else None


def find_sign_up_by_email(event: Event, email: str) -> SignUp | None:
    return db.session.scalar(select(SignUp).where(SignUp.event_id == event.id, SignUp.email == email))


def get_sign_up(event: Event, number: int) -> SignUp:
    found = find(SignUp, number)
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def sign_ups_by(person: Person) -> Sequence[SignUp]:
    """What this person has or waits for, with the events, in the order in which they begin."""
    chosen = select(SignUp).join(Event).where(SignUp.person_id == person.id, SignUp.state.in_(LIVING))
    chosen = chosen.options(joinedload(SignUp.event).joinedload(Event.venue))
    return db.session.scalars(chosen.order_by(Event.starts_at, SignUp.id)).all()
