"""What organisers choose from, and their list of all events."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.text import fold
from ideenlab.events.models import EVENT_STATES, Event, Venue
from ideenlab.programme.models import Edition


def all_events(edition: Edition, *, state: str = "") -> Sequence[Event]:
    """In whatever state, with partner and place, in the order in which they begin."""
    chosen = select(Event).where(Event.edition_id == edition.id)
    if state in EVENT_STATES:
        chosen = chosen.where(Event.state == state)
    chosen = chosen.options(joinedload(Event.partner), joinedload(Event.venue))
    return db.session.scalars(chosen.order_by(Event.starts_at, Event.id)).all()


def count_events(edition: Edition) -> dict[str, int]:
    """By state."""
    chosen = select(Event.state, func.count()).where(Event.edition_id == edition.id).group_by(Event.state)
    return {state: number for state, number in db.session.execute(chosen)}


def venues() -> Sequence[Venue]:
    return db.session.scalars(select(Venue).order_by(Venue.title_folded, Venue.id)).all()


def find_venue(title: str) -> Venue | None:
    return db.session.scalar(select(Venue).where(Venue.title_folded == fold(title)))


def events_at(venue: Venue) -> Sequence[Event]:
    """In whatever state, of all weeks, the latest first."""
    chosen = select(Event).where(Event.venue_id == venue.id)
    return db.session.scalars(chosen.order_by(Event.starts_at.desc(), Event.id.desc())).all()


def get_venue(number: int) -> Venue:
    venue = find(Venue, number)
    if venue is None:
        raise NotFound
    return venue
