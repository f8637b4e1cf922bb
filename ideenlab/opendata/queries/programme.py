"""Editions, topics, calls, partners and events, as everybody can read them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import Page
from ideenlab.events.models import Event, EventPartner
from ideenlab.events.queries import SHOWN
from ideenlab.ideas.models import Call
from ideenlab.opendata.queries.paging import things
from ideenlab.partners.models import Participation, Partner
from ideenlab.programme.models import Edition, Topic


def page_of_editions(**paging: Any) -> Page[Edition]:
    return things(select(Edition), Edition.id, **paging)


def page_of_topics(filters: Mapping[str, Any], **paging: Any) -> Page[Topic]:
    return things(_of_edition(select(Topic), Topic, filters).options(joinedload(Topic.edition)), Topic.id, **paging)


def page_of_calls(filters: Mapping[str, Any], **paging: Any) -> Page[Call]:
    return things(_of_edition(select(Call), Call, filters).options(joinedload(Call.edition)), Call.id, **paging)


def _of_edition(statement: Any, model: Any, filters: Mapping[str, Any]) -> Any:
    slug = filters.get("edition")
    if not slug:
        return statement
    return statement.where(model.edition_id == select(Edition.id).where(Edition.slug == slug).scalar_subquery())


def page_of_partners(filters: Mapping[str, Any], **paging: Any) -> Page[Partner]:
    chosen = select(Partner).where(Partner.published_at.is_not(None))
    if filters.get("edition"):
        there = select(Participation.partner_id).join(Edition, Edition.id == Participation.edition_id)
        chosen = chosen.where(Partner.id.in_(there.where(Edition.slug == filters["edition"])))
    return things(chosen, Partner.id, **paging)


def read_partner(slug: str) -> Partner:
    found = db.session.scalar(select(Partner).where(Partner.slug == slug, Partner.published_at.is_not(None)))
    if found is None:
        raise NotFound
    return found


def parts_of(partners: Sequence[Partner]) -> Mapping[int, Sequence[tuple[str, str]]]:
    """In which weeks they take part, and as what, by the number of each."""
    parts = defaultdict(list)
    chosen = select(Participation.partner_id, Edition.slug, Participation.part).join(Edition)
    chosen = chosen.where(Participation.partner_id.in_([partner.id for partner in partners]))
    for number, edition, part in db.session.execute(chosen.order_by(Edition.starts_on, Edition.id)):
        parts[number].append((edition, part))
    return parts


AROUND = (joinedload(Event.edition), joinedload(Event.venue), joinedload(Event.partner), joinedload(Event.topic),
          joinedload(Event.series))  # fmt: skip


def page_of_events(filters: Mapping[str, Any], **paging: Any) -> Page[Event]:
    chosen = _of_edition(select(Event), Event, filters).where(Event.state.in_(SHOWN)).options(*AROUND)
    for name, model, key in (("topic", Topic, Event.topic_id), ("partner", Partner, Event.partner_id)):
        if filters.get(name):
            is_it = key.in_(select(model.id).where(model.slug == filters[name]))
            chosen = chosen.where(or_(is_it, _also_given_by(filters[name])) if name == "partner" else is_it)
    for name, condition in (("accessible", Event.is_accessible), ("families", Event.is_for_families)):
        if filters.get(name) is not None:
            chosen = chosen.where(condition if filters[name] else ~condition)
    if filters.get("format"):
        chosen = chosen.where(Event.format == filters["format"])
    if filters.get("from"):
        chosen = chosen.where(Event.ends_at > filters["from"])
    if filters.get("until"):
        chosen = chosen.where(Event.starts_at < filters["until"])
    return things(chosen, Event.id, **paging)


def _also_given_by(slug: str) -> Any:
    further = select(EventPartner.event_id).join(Partner, Partner.id == EventPartner.partner_id)
    return Event.id.in_(further.where(Partner.slug == slug))


def partners_of_events(events: Sequence[Event]) -> Mapping[int, Sequence[Partner]]:
    """Those who give an event beside its first partner, by the event's number."""
    found = defaultdict(list)
    further = select(EventPartner.event_id, Partner).join(Partner, Partner.id == EventPartner.partner_id)
    further = further.where(EventPartner.event_id.in_([event.id for event in events]))
    for number, partner in db.session.execute(further.order_by(Partner.title_folded, Partner.id)):
        found[number].append(partner)
    return found


def coming_events(limit: int) -> list[Event]:
    """What everybody may see and is not over, the next first."""
    chosen = select(Event).where(Event.state.in_(SHOWN), Event.ends_at > now()).options(*AROUND)
    return list(db.session.scalars(chosen.order_by(Event.starts_at, Event.id).limit(limit)))
