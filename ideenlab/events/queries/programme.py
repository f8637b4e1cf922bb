"""The programme of a week, as visitors read it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import city_zone
from ideenlab.events.models import Event, EventPartner, EventSeries
from ideenlab.partners.models import Partner
from ideenlab.programme.models import Edition, Topic

SHOWN = ("published", "cancelled")  # who has planned to come must still find what was cancelled


# Put together once: on hot pages that took longer than running them
_PLACE = (joinedload(Event.venue), joinedload(Event.partner), joinedload(Event.topic))
_SHOWN = select(Event).where(Event.state.in_(SHOWN)).options(*_PLACE).order_by(Event.starts_at, Event.id)
_IN_WEEK = _SHOWN.where(Event.edition_id == bindparam("edition_id"))
_ON_DAY = _IN_WEEK.where(Event.starts_at < bindparam("last"), Event.ends_at > bindparam("first"))
_AROUND = (*_PLACE, joinedload(Event.edition))
_FURTHER = (
    select(Partner)
    .join(EventPartner, EventPartner.partner_id == Partner.id)
    .where(EventPartner.event_id == bindparam("event_id"))
    .order_by(Partner.title_folded, Partner.id)
)


def find_event(number: int) -> Event | None:
    """With its place, partner, topic and week in one query."""
    return find(Event, number, *_AROUND)


def get_event(number: int) -> Event:
    """In whatever state; whether somebody may see it says `may_see_event`."""
    event = find_event(number)
    if event is None:
        raise NotFound
    return event


def get_published_event(number: int) -> Event:
    """One that everybody may see."""
    event = get_event(number)
    if event.state not in SHOWN:
        raise NotFound
    return event


def published_events(
    edition: Edition, *, day: date | None = None, topic: Topic | None = None, format: str | None = None,
    partner: Partner | None = None, accessible: bool = False, families: bool = False,
) -> Sequence[Event]:  # fmt: skip
    """What everybody may see of a week, in the order in which it begins, with place, partner and topic. One query."""
    chosen: Select[Event] = _IN_WEEK
    values: dict[str, Any] = {"edition_id": edition.id}
    if day:
        chosen, values = _ON_DAY, values | dict(zip(("first", "last"), bounds_of(day), strict=True))
    if topic:
        chosen = chosen.where(Event.topic_id == topic.id)
    if format:
        chosen = chosen.where(Event.format == format)
    if partner:
        chosen = chosen.where(_given_by(partner))
    if accessible:
        chosen = chosen.where(Event.is_accessible)
    if families:
        chosen = chosen.where(Event.is_for_families)
    return db.session.scalars(chosen, values).all()


def events_on(edition: Edition, day: date) -> Sequence[Event]:
    return published_events(edition, day=day)


def events_of_partner(partner: Partner) -> Sequence[Event]:
    """Of all weeks, what everybody may see."""
    return db.session.scalars(_SHOWN.where(_given_by(partner))).all()


def days_of(edition: Edition) -> list[date]:
    """Every day of the week, from its first to its last."""
    return [edition.starts_on + timedelta(n) for n in range((edition.ends_on - edition.starts_on).days + 1)]


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """Where a day of the city begins and ends, in UTC. It has 23 or 25 hours when the clock changes."""
    zone = ZoneInfo(city_zone())
    first = datetime.combine(day, time(), zone)
    return first.astimezone(UTC), datetime.combine(day + timedelta(1), time(), zone).astimezone(UTC)


def further_partners_of(event: Event) -> Sequence[Partner]:
    return db.session.scalars(_FURTHER, {"event_id": event.id}).all()


def siblings_of(event: Event) -> Sequence[Event]:
    """The other events of its series that everybody may see."""
    if event.series_id is None:
        return []
    return db.session.scalars(_SHOWN.where(Event.series_id == event.series_id, Event.id != event.id)).all()


def series_of(edition: Edition) -> Sequence[EventSeries]:
    chosen = select(EventSeries).where(EventSeries.edition_id == edition.id)
    return db.session.scalars(chosen.order_by(EventSeries.title, EventSeries.id)).all()


def _given_by(partner: Partner) -> Any:
    further = select(EventPartner.event_id).where(EventPartner.partner_id == partner.id)
    return or_(Event.partner_id == partner.id, Event.id.in_(further))
