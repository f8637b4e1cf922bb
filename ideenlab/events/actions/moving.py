"""An event takes place at another time, elsewhere or not at all, or its people get a letter.

What hundreds are told is written by the worker, a few at a time: whoever decides does not wait for it, and nobody else
waits for the database meanwhile. `sequence` says which change an event had last, `told_sequence` which one somebody
knows.
"""

from datetime import timedelta

from sqlalchemy import delete, func, select, update

from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import lock_places
from ideenlab.attendance.models import LIVING
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.events.actions.telling import tell_editors, tell_sign_up
from ideenlab.events.models import Event, EventLetter, SignUp
from ideenlab.events.queries import next_letter, untold_by, untold_sign_ups
from ideenlab.events.rules import may_cancel_event, may_write_to_all
from ideenlab.history.actions import record
from ideenlab.history.queries import entries_of

WHEN_AND_WHERE = ("starts_at", "ends_at", "venue_id", "room")
SECOND_CLICK = timedelta(minutes=1)
AT_ONCE = 25  # mails in one transaction


def cancel_event(organiser: Person, *, event: Event, reason: str) -> int:
    """It does not take place. Everybody who signed up is told, and all places end. Gives how many they are."""
    require(may_cancel_event(organiser, event, now()))
    if not clean_line(reason):
        raise Invalid(_("Please say why. Everybody who signed up reads it."), field="reason")
    lock_places(event)
    event.state, event.cancelled_at, event.cancelled_reason = "cancelled", now(), clean_text(reason)
    event.sequence, event.changed_at = event.sequence + 1, now()
    record(organiser, "events.cancelled", event)
    mine, is_living = SignUp.event_id == event.id, SignUp.state.in_(LIVING)
    _do(update(SignUp).where(mine, ~is_living).values(told_sequence=event.sequence))  # they gave it back before
    _do(delete(SignUp).where(mine, SignUp.confirmed_at.is_(None), is_living))
    ended = _do(update(SignUp).where(mine, is_living).values(state="cancelled", offered_until=None))
    event.registered_count = 0
    db.session.flush()
    tell_editors(event, "events/not_held", but=[organiser])
    return ended


def tell_some(*, most: int = AT_ONCE) -> int:
    """Tell the next ones who do not know the latest about their event. Gives how many were looked at."""
    rows = untold_sign_ups(most=most, locked=True)
    for row in rows:
        row.told_sequence, row.reminded_at = row.event.sequence, None
        template = "event_cancelled" if row.event.state == "cancelled" else "moved"
        tell_sign_up(row, template, once=str(row.event.sequence))
    db.session.flush()
    return len(rows)


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
    db.session.add(EventLetter(event=event, title=title, text=text))
    db.session.flush()
    have_places = SignUp.event_id == event.id, SignUp.state == "registered"
    return db.session.scalar(select(func.count(SignUp.id)).where(*have_places)) or 0


def send_some(*, most: int = AT_ONCE) -> int:
    """Go on with the oldest letter. It is thrown away when everybody has it. Gives how many were looked at."""
    letter = next_letter(locked=True)
    if letter is None:
        return 0
    rows = untold_by(letter, most=most)
    for row in rows:
        tell_sign_up(row, "announcement", once=f"letter-{letter.id}", title=letter.title, text=letter.text)
        letter.last_told_id = row.id
    if len(rows) < most:
        db.session.delete(letter)
    db.session.flush()
    return len(rows)


def _do(statement: object) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session="fetch"))  # type: ignore[attr-defined]
    return int(done.rowcount)  # type: ignore[attr-defined]
