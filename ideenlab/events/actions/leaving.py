"""What becomes of sign-ups when an account is closed, when a reminder is due, and some time after the event."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import give_up, lock_places
from ideenlab.attendance.models import LIVING
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.events.actions.signing_up import move_up
from ideenlab.events.actions.telling import tell_sign_up
from ideenlab.events.models import EVENT_PLACES, Event, SignUp
from ideenlab.events.queries import sign_ups_by, unreminded_sign_ups
from ideenlab.history.actions import record

PRIVATE = {
    "person_id": None,
    "name": "",
    "email": None,
    "phone": "",
    "note": "",
    "link_hash": None,
    "ticket_code": None,
}


def leave_events(person: Person) -> None:
    """Give back every place in what is not over yet. Who waits moves up."""
    for row in sign_ups_by(person):
        if row.event.ends_at <= now():
            continue
        lock_places(row.event)
        db.session.refresh(row)
        if row.state in LIVING:
            give_up(EVENT_PLACES, row)
            record(None, "events.cancelled_with_account", row)
            move_up(row.event)
    mine = update(SignUp).where(SignUp.person_id == person.id).values(**PRIVATE)
    db.session.execute(mine.execution_options(synchronize_session="fetch"))


def remind_some(*, most: int = 50) -> int:
    """Remind who has a place in what begins within a day. Once: the row says so. Gives how many were looked at."""
    rows = unreminded_sign_ups(now(), most=most)
    for row in rows:
        row.reminded_at = now()
        if row.created_at < row.event.starts_at - timedelta(days=1):  # who signed up later has just had a mail
            tell_sign_up(row, "reminder", once=str(row.event.sequence))
    db.session.flush()
    return len(rows)


def forget_sign_ups(*, days: int) -> int:
    """So many days after an event only the numbers remain: who came is forgotten. Done twice it changes nothing."""
    over = select(Event.id).where(Event.ends_at <= now() - timedelta(days=days))
    known = or_(SignUp.name != "", SignUp.email.is_not(None), SignUp.person_id.is_not(None), SignUp.phone != "")
    wiped = db.session.execute(
        update(SignUp)
        .where(SignUp.event_id.in_(over), known)
        .values(**PRIVATE)
        .execution_options(synchronize_session="fetch")
    )
    return int(wiped.rowcount)  # type: ignore[attr-defined]
