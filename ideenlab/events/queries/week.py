"""The programme with everything that belongs to the week: events, calls for ideas and hackathons in one list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select

from ideenlab.core.db import db
from ideenlab.core.phases import window
from ideenlab.core.text import fold
from ideenlab.events.models import Event, EventPartner
from ideenlab.events.queries.programme import bounds_of, published_events
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import hackathons, status_of
from ideenlab.ideas.models import PHASES, Call
from ideenlab.ideas.queries import call_stage, calls
from ideenlab.partners.models import Partner
from ideenlab.programme.models import Edition


@dataclass(frozen=True)
class Entry:
    """One line of the programme. `thing` is the event, the call or the hackathon; `kind` says which."""

    kind: str  # event, call or hackathon
    thing: Any
    title: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    format: str
    state: str  # of `place_state`, `call_stage` or `status_of`
    place: str = ""
    track: str = ""
    topic: Any = None
    partner: Any = None
    partners: tuple[Partner, ...] = ()  # the first one and all others
    is_accessible: bool = False
    is_for_families: bool = False

    def is_on(self, day: date) -> bool:
        first, last = bounds_of(day)
        return self.starts_at < last and self.ends_at > first


_FURTHER = (
    select(EventPartner.event_id, Partner)
    .join(EventPartner.partner)
    .join(Event, Event.id == EventPartner.event_id)
    .where(Event.edition_id == bindparam("edition_id"))
)
_folded = lru_cache(maxsize=4096)(fold)  # of titles, which stay what they are


def week_entries(edition: Edition, now: datetime) -> list[Entry]:
    """All of a week, in the order in which it begins. Four statements, however much there is."""
    further: dict[int, list[Partner]] = {}
    for event_id, partner in db.session.execute(_FURTHER, {"edition_id": edition.id}):
        further.setdefault(event_id, []).append(partner)
    found = [
        replace(entry, partners=(*entry.partners, *further[entry.thing.id])) if entry.thing.id in further else entry
        for entry in (entry_of(event, now) for event in published_events(edition))
    ]
    found += [_of_hackathon(each, now) for each in hackathons() if each.edition_id == edition.id]
    found += [entry for each in calls() if each.edition_id == edition.id if (entry := _of_call(each, now))]
    return sorted(found, key=lambda entry: (entry.starts_at, _folded(entry.track), _folded(entry.title), entry.kind))


def entry_of(event: Event, now: datetime) -> Entry:
    venue = event.venue.title if event.venue else ""
    return Entry(
        "event", event, event.title, event.summary, event.starts_at, event.ends_at, event.format,
        place_state(event, now), ", ".join(filter(None, (venue, event.room))), event.track, event.topic,
        event.partner, (event.partner,) if event.partner else (), event.is_accessible,
        event.is_for_families,
    )  # fmt: skip


def place_state(event: Event, now: datetime) -> str:
    """What somebody wants to know first: cancelled, over, closed, elsewhere, none, waiting, full or free."""
    if event.state == "cancelled":
        return "cancelled"
    if event.ends_at <= now:
        return "over"
    if event.sign_up != "here":
        return event.sign_up
    is_full = event.registered_count >= event.places
    if (event.sign_up_until or event.starts_at) <= now:
        return "full" if is_full else "closed"
    return "waiting" if is_full else "free"


def options_of(entries: Sequence[Entry]) -> dict[str, list[Any]]:
    """What can be chosen in this week: topics in their order, formats, partners by name."""
    topics = {entry.topic.id: entry.topic for entry in entries if entry.topic}
    partners = {partner.id: partner for entry in entries for partner in entry.partners}
    return {
        "topics": sorted(topics.values(), key=lambda topic: (topic.position, topic.id)),
        "formats": sorted({entry.format for entry in entries}),
        "partners": sorted(partners.values(), key=lambda partner: (partner.title_folded, partner.id)),
    }


def _of_hackathon(hackathon: Hackathon, now: datetime) -> Entry:
    return Entry(
        "hackathon", hackathon, hackathon.title, hackathon.summary, hackathon.starts_at, hackathon.ends_at,
        "hackathon", status_of(hackathon, now), hackathon.place,
    )  # fmt: skip


def _of_call(call: Call, now: datetime) -> Entry | None:
    """From the first to the last moment at which people can do something; none where nothing is planned yet."""
    windows = [window(call, phase) for phase in PHASES[:3]]
    begins = [begin for begin, _end in windows if begin]
    ends = [end for _begin, end in windows if end]
    if not begins or not ends:
        return None
    return Entry("call", call, call.title, call.summary, min(begins), max(ends), "citizens_lab", call_stage(call, now))
