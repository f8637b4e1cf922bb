"""An event takes place at another time, elsewhere or not at all: who signed up is told, once."""

from datetime import timedelta

from sqlalchemy import delete, update

from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import lock_places
from ideenlab.attendance.models import LIVING
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.events.actions.telling import tell_sign_up
from ideenlab.events.models import Event, SignUp
from ideenlab.events.queries import living_sign_ups
from ideenlab.events.rules import may_cancel_event, may_write_to_all
from ideenlab.history.actions import record
from ideenlab.history.queries import entries_of

WHEN_AND_WHERE = ("starts_at", "ends_at", "venue_id", "room")
SECOND_CLICK = timedelta(minutes=1)


def cancel_event(organiser: Person, *, event: Event, reason: str) -> int:
    """It does not take place. Everybody who signed up is told, and all places end. Gives how many were told."""
    require(may_cancel_event(organiser, event, now()))
    if not clean_line(reason):
        raise Invalid(_("Please say why. Everybody who signed up reads it."), field="reason")
    lock_places(event)
    event.state, event.cancelled_at, event.cancelled_reason = "cancelled", now(), clean_text(reason)
    event.sequence, event.changed_at = event.sequence + 1, now()
    record(organiser, "events.cancelled", event)
    told = tell_changes(event, template="event_cancelled")
    mine = SignUp.event_id == event.id
    _do(delete(SignUp).where(mine, SignUp.confirmed_at.is_(None), SignUp.state.in_(LIVING)))
    _do(update(SignUp).where(mine, SignUp.state.in_(LIVING)).values(state="cancelled", offered_until=None))
    event.registered_count = 0
    db.session.flush()
    return told


def tell_changes(event: Event, *, template: str = "moved") -> int:
    """Tell everybody who was not told of the latest change. Gives how many could be told."""
    told = 0
    for row in living_sign_ups(event):
        if row.told_sequence >= event.sequence:
            continue
        row.told_sequence, row.reminded_at = event.sequence, None
        if row.confirmed_at:
            told += tell_sign_up(row, template, once=str(event.sequence))
    db.session.flush()
    return told


def write_to_all(person: Person, *, event: Event, title: str, text: str) -> int:
    """A mail to everybody who has a place. The same words twice in a minute are a second click, and are told once."""
    require(may_write_to_all(person, event, now()))
    title, text = clean_line(title), clean_text(text)
    if not (title and text):
        raise Invalid(_("Please fill in this field."), field="text" if title else "title")
    last = entries_of(event, deed="events.written_to_all", most=1)
    if last and last[0].note == title and now() - last[0].at < SECOND_CLICK:
        return 0
    record(person, "events.written_to_all", event, note=title)
    there = [row for row in living_sign_ups(event) if row.state == "registered"]
    return sum(tell_sign_up(row, "announcement", title=title, text=text) for row in there)


def _do(statement: object) -> None:
    db.session.execute(statement.execution_options(synchronize_session="fetch"))  # type: ignore[attr-defined]
