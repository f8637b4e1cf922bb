"""Who comes: never shown to anybody but organisers, editors and the person."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import LIVING, STATES
from ideenlab.attendance.queries import plain_code
from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.links import public_url
from ideenlab.core.security import city, hash_secret
from ideenlab.events.models import Event, EventLetter, SignUp

REMINDED_BEFORE = timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    registered: int
    here: int
    absent: int


def find_any_sign_up(person: Person, event: Event) -> SignUp | None:
    """The row, also when it was cancelled."""
    return db.session.scalar(select(SignUp).where(SignUp.event_id == event.id, SignUp.person_id == person.id))


def find_sign_up(person: Person, event: Event) -> SignUp | None:
    """A place, an offer or a place on the waiting list."""
    found = find_any_sign_up(person, event)
    return found if found and found.state in LIVING else None


def find_sign_up_by_email(event: Event, email: str) -> SignUp | None:
    return db.session.scalar(select(SignUp).where(SignUp.event_id == event.id, SignUp.email == email))


def find_sign_up_by_secret(secret: str) -> SignUp | None:
    """The sign-up to which the link of a mail leads."""
    return db.session.scalar(select(SignUp).where(SignUp.link_hash == link_hash(secret)))


def link_secret(ticket_code: str) -> str:
    """What stands in the link of every mail about a sign-up. It is never stored: it can be made anew for each mail."""
    key = city().secret_key.encode()
    return hmac.new(key, f"sign-up:{ticket_code}".encode(), hashlib.sha256).hexdigest()[:43]


def link_hash(secret: str) -> str:
    return hash_secret(secret, purpose="sign-up")


def ticket_address(sign_up: SignUp) -> str:
    """What the QR code of a ticket says: at the door it opens check-in, for others it is a code in an address."""
    return public_url("manage_events.check_in", number=sign_up.event_id, anchor=f"code={sign_up.ticket_code}")


def find_sign_up_by_number(number: int) -> SignUp | None:
    return find(SignUp, number)


def get_sign_up(event: Event, number: int) -> SignUp:
    found = find_sign_up_by_number(number)
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def sign_ups_by(person: Person) -> Sequence[SignUp]:
    """What this person has or waits for, with the events, in the order in which they begin."""
    chosen = select(SignUp).join(Event).where(SignUp.person_id == person.id, SignUp.state.in_(LIVING))
    chosen = chosen.options(joinedload(SignUp.event).joinedload(Event.venue))
    return db.session.scalars(chosen.order_by(Event.starts_at, SignUp.id)).all()


def signed_up_event_ids(person: Person) -> set[int]:
    chosen = select(SignUp.event_id).where(SignUp.person_id == person.id, SignUp.state.in_(LIVING))
    return set(db.session.scalars(chosen))


def has_sign_ups(event: Event) -> bool:
    """With a place, or waiting for one."""
    chosen = select(SignUp.id).where(SignUp.event_id == event.id, SignUp.state.in_(LIVING))
    return db.session.scalar(chosen.limit(1)) is not None


def sign_ups_of(event: Event, *, state: str = "", words: str = "") -> Sequence[SignUp]:
    """Everybody whose address is proved, or who needs none; `words` are looked for in names, addresses and tickets."""
    chosen = select(SignUp).where(SignUp.event_id == event.id, SignUp.confirmed_at.is_not(None))
    if state in STATES:
        chosen = chosen.where(SignUp.state == state)
    if words:
        chosen = chosen.where(
            or_(
                SignUp.name.icontains(words, autoescape=True), SignUp.email.icontains(words, autoescape=True),
                SignUp.phone.icontains(words, autoescape=True), SignUp.ticket_code == plain_code(words),
            )
        )  # fmt: skip
    chosen = chosen.options(joinedload(SignUp.person))
    return db.session.scalars(chosen.order_by(SignUp.created_at, SignUp.id)).all()


def untold_sign_ups(*, most: int, locked: bool = False) -> Sequence[SignUp]:
    """Who does not know yet that their event was moved or cancelled. Locked, no other worker takes the same ones."""
    moved = and_(Event.state == "published", Event.ends_at > now(), SignUp.state.in_(LIVING))
    cancelled = and_(Event.state == "cancelled", SignUp.state == "cancelled")
    chosen = (
        select(SignUp)
        .join(Event)
        .where(
            Event.sequence > 0, SignUp.told_sequence < Event.sequence, SignUp.confirmed_at.is_not(None),
            or_(moved, cancelled),
        )
        .options(contains_eager(SignUp.event).joinedload(Event.venue), joinedload(SignUp.person))
        .order_by(SignUp.id)
        .limit(most)
    )  # fmt: skip
    return db.session.scalars(chosen.with_for_update(of=SignUp, skip_locked=True) if locked else chosen).all()


def next_letter(*, locked: bool = False) -> EventLetter | None:
    chosen = select(EventLetter).order_by(EventLetter.id).limit(1)
    return db.session.scalar(chosen.with_for_update(of=EventLetter, skip_locked=True) if locked else chosen)


def untold_by(letter: EventLetter, *, most: int) -> Sequence[SignUp]:
    """The next ones with a place who have not got this letter, or had one until the event was cancelled."""
    lost = and_(Event.state == "cancelled", SignUp.state == "cancelled", SignUp.told_sequence < Event.sequence)
    chosen = (
        select(SignUp)
        .join(Event)
        .where(
            SignUp.event_id == letter.event_id, SignUp.id > letter.last_told_id, or_(SignUp.state == "registered", lost)
        )
    )
    return db.session.scalars(chosen.options(joinedload(SignUp.person)).order_by(SignUp.id).limit(most)).all()


def attendance_figures(event: Event) -> Figures:
    chosen = select(func.count(), func.count(SignUp.checked_in_at), func.count(SignUp.no_show_at))
    numbers = db.session.execute(chosen.where(SignUp.event_id == event.id, SignUp.state == "registered")).one()
    return Figures(*numbers)


def unreminded_sign_ups(at: datetime, *, most: int) -> Sequence[SignUp]:
    """Who has a place in what begins within a day and was not reminded. Who signs up that late needs no reminder."""
    chosen = (
        select(SignUp)
        .join(Event)
        .where(
            Event.state == "published", Event.starts_at > at, Event.starts_at <= at + REMINDED_BEFORE,
            SignUp.state == "registered", SignUp.reminded_at.is_(None),
        )
        .options(joinedload(SignUp.event).joinedload(Event.venue), joinedload(SignUp.person))
    )  # fmt: skip
    return db.session.scalars(chosen.order_by(SignUp.id).limit(most)).all()


def places_held_unproved(event: Event) -> int:
    """How many places are kept for addresses that nobody has proved yet."""
    chosen = select(func.count()).where(SignUp.event_id == event.id, SignUp.confirmed_at.is_(None))
    return db.session.scalar(chosen.where(SignUp.state == "offered")) or 0


def unproved_sign_ups(before: datetime) -> Sequence[SignUp]:
    """Who asked for a place on the waiting list and never opened the mail."""
    chosen = select(SignUp).where(SignUp.confirmed_at.is_(None), SignUp.state == "requested")
    return db.session.scalars(chosen.where(SignUp.created_at <= before).order_by(SignUp.id)).all()
