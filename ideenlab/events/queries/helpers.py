"""Who types in people that call, and what they typed in."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.events.models import Event, EventHelper, SignUp
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import today


def get_event_helper(number: int) -> EventHelper:
    helper = find(EventHelper, number)
    if helper is None or helper.ended_at:
        raise NotFound
    return helper


def find_any_event_helper(person: Person, edition_id: int) -> EventHelper | None:
    """The row, also when it has ended."""
    chosen = select(EventHelper).where(EventHelper.edition_id == edition_id, EventHelper.person_id == person.id)
    return db.session.scalar(chosen)


def is_event_helper(person: Person, edition_id: int) -> bool:
    found = find_any_event_helper(person, edition_id)
    return found is not None and found.ended_at is None


def event_helpers_of(edition: Edition) -> Sequence[EventHelper]:
    """By pseudonym, with the people."""
    chosen = select(EventHelper).join(EventHelper.person).options(contains_eager(EventHelper.person))
    chosen = chosen.where(
        EventHelper.edition_id == edition.id, EventHelper.ended_at.is_(None), Person.state == "active"
    )
    return db.session.scalars(chosen.order_by(Person.pseudonym_folded, EventHelper.id)).all()


def weeks_helped_by(person: Person) -> Sequence[Edition]:
    """Where somebody answers the telephone and it is not over, the next first."""
    chosen = select(Edition).join(EventHelper, EventHelper.edition_id == Edition.id)
    chosen = chosen.where(
        EventHelper.person_id == person.id, EventHelper.ended_at.is_(None), Edition.ends_on >= today()
    )
    return db.session.scalars(chosen.order_by(Edition.starts_on, Edition.id)).all()


def callable_events(edition: Edition) -> Sequence[Event]:
    """Those for which somebody who calls can be typed in, in the order in which they begin."""
    chosen = select(Event).where(
        Event.edition_id == edition.id, Event.state == "published", Event.sign_up == "here", Event.ends_at > now()
    )
    return db.session.scalars(chosen.options(joinedload(Event.venue)).order_by(Event.starts_at, Event.id)).all()


def entered_by(person: Person, edition: Edition) -> Sequence[SignUp]:
    """Whom somebody typed in for what is not over, the last one first."""
    chosen = select(SignUp).join(SignUp.event).options(contains_eager(SignUp.event), joinedload(SignUp.person))
    chosen = chosen.where(
        SignUp.entered_by_id == person.id, SignUp.source == "telephone", Event.edition_id == edition.id,
        Event.ends_at > now(),
    )  # fmt: skip
    return db.session.scalars(chosen.order_by(SignUp.created_at.desc(), SignUp.id.desc()).limit(100)).all()
