"""Organisers and editors: who comes, who called, who is here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import (
    check_in,
    enter,
    give_up,
    lock_places,
    mark_no_show,
    offer_place,
    undo_check_in,
)
from ideenlab.attendance.models import LIVING
from ideenlab.attendance.queries import find_by_ticket
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.events.actions.signing_up import give_link, move_up
from ideenlab.events.actions.telling import tell_sign_up, tell_state
from ideenlab.events.models import EVENT_PLACES, Event, SignUp
from ideenlab.events.queries import find_sign_up_by_email
from ideenlab.events.rules import may_decide_sign_up, may_enter_sign_up, may_let_in
from ideenlab.history.actions import record

OLDEST_QUEUED = timedelta(days=2)


@dataclass(frozen=True)
class Guest:
    """What somebody says on the telephone or at the door."""

    name: str
    phone: str = ""
    email: str = ""
    note: str = ""
    language: str = "de"


def enter_sign_up(person: Person, *, event: Event, guest: Guest, is_here: bool = False) -> SignUp:
    """Type in somebody who called: a place, or the next one in the queue. Who stands at the door needs a free place."""
    require(may_enter_sign_up(person, event, now()))
    if not clean_line(guest.name):
        raise Invalid(_("Please give a name."), field="name")
    if not (is_here or guest.phone or guest.email):
        raise Invalid(_("Please give a telephone number or an e-mail address."), field="phone")
    lock_places(event)
    row = _row_for(event, guest)
    if is_here and event.registered_count >= event.places:
        raise Conflict(_("All %(places)s places are taken.", places=event.places))
    row.name, row.phone, row.note = clean_line(guest.name), clean_line(guest.phone), clean_line(guest.note)
    row.language, row.entered_by, row.source = guest.language, person, "walk_in" if is_here else "telephone"
    row.confirmed_at, row.told_sequence = now(), event.sequence
    db.session.flush()
    enter(EVENT_PLACES, row)
    record(person, "events.entered", row)
    if is_here:
        check_in_guest(person, sign_up=row)
    else:
        tell_state(row)
    return row


def check_in_by_code(
    person: Person, *, event: Event, code: str, at: datetime | None = None
) -> tuple[SignUp, bool]:  # fmt: skip
    """Let somebody in. Says whether they come for the first time: a code that is sent twice counts once."""
    require(may_let_in(person, event))
    sign_up: SignUp | None = find_by_ticket(EVENT_PLACES, event, code)
    if sign_up is None:
        raise Invalid(_("No ticket of this event has this code."), field="code")
    return sign_up, check_in_guest(person, sign_up=sign_up, at=at)


def check_in_guest(person: Person, *, sign_up: SignUp, at: datetime | None = None) -> bool:
    require(may_let_in(person, sign_up.event))
    believable = at if at and now() - OLDEST_QUEUED <= at <= now() else None
    first = check_in(EVENT_PLACES, sign_up, by=person, at=believable)
    if first:
        record(person, "events.checked_in", sign_up)
    return first


def take_back_check_in(person: Person, *, sign_up: SignUp) -> None:
    require(may_let_in(person, sign_up.event))
    undo_check_in(sign_up)
    record(person, "events.check_in_undone", sign_up)


def note_absence(person: Person, *, sign_up: SignUp, absent: bool) -> None:
    require(may_decide_sign_up(person, sign_up, "no_show", now()))
    mark_no_show(sign_up, absent=absent)
    record(person, "events.no_show" if absent else "events.no_show_undone", sign_up)


def cancel_for(person: Person, *, sign_up: SignUp) -> None:
    """The place goes to who waits longest; the person is told."""
    require(may_decide_sign_up(person, sign_up, "cancel", now()))
    lock_places(sign_up.event)
    db.session.refresh(sign_up)
    require(may_decide_sign_up(person, sign_up, "cancel", now()))
    give_up(EVENT_PLACES, sign_up)
    record(person, "events.cancelled_for", sign_up)
    tell_sign_up(sign_up, "given_back")
    move_up(sign_up.event)


def move_up_by_hand(person: Person, *, sign_up: SignUp) -> None:
    """Out of turn."""
    require(may_decide_sign_up(person, sign_up, "offer", now()))
    offer_place(EVENT_PLACES, sign_up)
    record(person, "events.place_offered", sign_up)
    tell_sign_up(sign_up, "place_offered", once=str(sign_up.offered_until))


def _row_for(event: Event, guest: Guest) -> SignUp:
    row = find_sign_up_by_email(event, guest.email) if guest.email else None
    if row and row.state in LIVING:
        raise Invalid(_("Somebody with this address has signed up already."), field="email")
    if row is None:
        row = SignUp(event=event, email=guest.email or None, state="cancelled")
        give_link(row)
        db.session.add(row)
    return row
