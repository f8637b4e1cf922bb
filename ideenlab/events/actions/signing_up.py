"""Somebody signs up, with an account or with name and address, takes an offered place, gives it back."""

from datetime import timedelta

from sqlalchemy import delete

from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import (
    accept_offer,
    change_state,
    enter,
    give_up,
    lapse_offers,
    lock_places,
    new_ticket_code,
    offer_free_places,
)
from ideenlab.attendance.models import LIVING
from ideenlab.attendance.queries import is_anybody_waiting
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language, period
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.events.actions.telling import tell_sign_up, tell_state
from ideenlab.events.models import EVENT_PLACES, Event, SignUp
from ideenlab.events.queries import (
    find_any_sign_up,
    find_sign_up_by_email,
    link_hash,
    link_secret,
    places_held_unproved,
    unproved_sign_ups,
)
from ideenlab.events.rules import may_give_back, may_sign_up, may_sign_up_again, takes_sign_ups
from ideenlab.history.actions import record

HELD_UNPROVED = timedelta(hours=2)  # a place for an address that nobody has proved yet
KEPT_UNPROVED = timedelta(days=1)


class Moved(Conflict):
    """The event has another time or place than on the page from which somebody signed up."""


def sign_up(person: Person, *, event: Event, sequence: int, note: str = "") -> SignUp:
    """A place, or the next one in the queue. `sequence` is that of the event when its page was shown.

    Raises Moved when the event has another time or place by now.
    """
    require(may_sign_up(event, person, now()))
    _lock_as_seen(event, sequence)
    row = _row_of(person, event)
    row.note = clean_line(note)
    if row.state in LIVING:  # a sign-up with the same address, which the account proves
        return _take(row)
    row.told_sequence = event.sequence
    enter(EVENT_PLACES, row)
    record(person, f"events.{row.state}", row)
    tell_state(row)
    return row


def sign_up_guest(*, event: Event, name: str, email: str, note: str = "", sequence: int) -> SignUp:
    """Keep a place until the link in the mail is pressed, or the wish for one where all are taken.

    Whoever holds the address is told the same again when they have signed up already; the page says nothing of it.
    """
    require(may_sign_up(event, None, now()))
    if not clean_line(name):
        raise Invalid(_("Please tell us your name."), field="name")
    _lock_as_seen(event, sequence)
    row = find_sign_up_by_email(event, email)
    if row and row.state in LIVING:
        _tell_again(row)
        return row
    if row is None:
        row = SignUp(event=event, email=email, state="cancelled")
        give_link(row)
        db.session.add(row)
    row.name, row.note, row.language = clean_line(name), clean_line(note), language()
    row.person, row.source, row.created_at = None, "online", now()
    row.confirmed_at, row.told_sequence = None, event.sequence
    db.session.flush()
    if _may_be_held(event):
        change_state(EVENT_PLACES, row, to="offered", offered_until=min(now() + HELD_UNPROVED, event.ends_at))
    else:
        row.state = "requested"
    db.session.flush()
    db.session.refresh(row)  # the time until which the place is kept stands in the mail
    tell_sign_up(row, "confirm")
    return row


def _may_be_held(event: Event) -> bool:
    """Half of the places at most: else a robot with made-up addresses would keep everybody else out."""
    is_free = event.registered_count < event.places and not is_anybody_waiting(EVENT_PLACES, event)
    return is_free and 2 * places_held_unproved(event) < event.places


def take_place(sign_up: SignUp) -> SignUp:
    """The link of the mail was pressed: the address is proved, and an offered place is taken."""
    lock_places(sign_up.event)
    db.session.refresh(sign_up)
    return _take(sign_up)


def give_back(sign_up: SignUp) -> None:
    """The place is offered to who waits longest."""
    lock_places(sign_up.event)
    db.session.refresh(sign_up)
    require(may_give_back(sign_up, now()))
    give_up(EVENT_PLACES, sign_up)
    record(sign_up.person, "events.given_back", sign_up)
    if sign_up.confirmed_at or sign_up.person:
        tell_sign_up(sign_up, "given_back")
    move_up(sign_up.event)


def sign_up_again(sign_up: SignUp) -> SignUp:
    """The way back: a place while there is one, else the end of the queue."""
    lock_places(sign_up.event)
    db.session.refresh(sign_up)
    require(may_sign_up_again(sign_up, now()))
    sign_up.told_sequence = sign_up.event.sequence
    enter(EVENT_PLACES, sign_up)
    record(sign_up.person, f"events.{sign_up.state}", sign_up)
    tell_state(sign_up)
    return sign_up


def move_up(event: Event) -> int:
    """Offers whose time is over lapse, free places are offered to who waits longest. Gives the number of offers."""
    for row in lapse_offers(EVENT_PLACES, event):
        if row.confirmed_at is None:  # nobody opened the mail: nothing is kept, and no second mail is sent
            db.session.delete(row)
            continue
        record(None, "events.offer_lapsed", row)
        tell_sign_up(row, "offer_lapsed")
    offered = offer_free_places(EVENT_PLACES, event) if event.state == "published" else []
    for row in offered:
        record(None, "events.place_offered", row)
        tell_sign_up(row, "place_offered", once=str(row.offered_until))
    db.session.flush()
    return len(offered)


def drop_unproved() -> int:
    """Wishes for the waiting list whose mail nobody opened within a day."""
    numbers = [row.id for row in unproved_sign_ups(now() - KEPT_UNPROVED)]
    db.session.execute(delete(SignUp).where(SignUp.id.in_(numbers)))
    return len(numbers)


def give_link(row: SignUp) -> None:
    row.ticket_code = row.ticket_code or new_ticket_code()
    row.link_hash = link_hash(link_secret(row.ticket_code))


def _take(row: SignUp) -> SignUp:
    row.confirmed_at = row.confirmed_at or now()
    if row.state in ("registered", "waiting"):
        return row
    row.told_sequence = row.event.sequence
    if row.state == "offered":
        accept_offer(EVENT_PLACES, row)
    else:
        require(takes_sign_ups(row.event, now()))
        enter(EVENT_PLACES, row)
    record(row.person, f"events.{row.state}", row)
    tell_state(row)
    db.session.flush()
    return row


def _lock_as_seen(event: Event, sequence: int) -> None:
    lock_places(event)
    if event.sequence != sequence:
        raise Moved(
            _("This event has been moved since you opened the page. It is now: %(when)s",
              when=period(event.starts_at, event.ends_at))
        )  # fmt: skip


def _row_of(person: Person, event: Event) -> SignUp:
    """The row of this person, or the one that somebody with their address made without an account."""
    row = find_any_sign_up(person, event)
    if row is None and person.email:
        row = find_sign_up_by_email(event, person.email)
    if row is None:
        row = SignUp(event=event, state="cancelled", confirmed_at=now())
        give_link(row)
        db.session.add(row)
    else:
        db.session.refresh(row)
        if row.person_id == person.id and row.state in LIVING:
            raise Conflict(_("You have signed up already."))
    row.person, row.name, row.email, row.language = person, person.pseudonym, None, person.language
    row.confirmed_at = row.confirmed_at or now()
    db.session.flush()
    return row


def _tell_again(row: SignUp) -> None:
    if row.confirmed_at is None:
        tell_sign_up(row, "confirm")
    else:
        tell_state(row)
