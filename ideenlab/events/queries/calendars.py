"""The programme and a plan as entries of a calendar."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from ideenlab.core.calendars import Entry, write_calendar
from ideenlab.core.i18n import city_zone
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import full_address, public_url
from ideenlab.events.models import Event
from ideenlab.events.queries.plans import Appointment, lasts_days
from ideenlab.events.queries.week import Entry as WeekEntry
from ideenlab.hackathons.models import Hackathon

CANCELLED, TENTATIVE, CONFIRMED = "CANCELLED", "TENTATIVE", "CONFIRMED"


def event_calendar(event: Event) -> bytes:
    return write_calendar([calendar_entry(event)], name=event.title, zone=city_zone())


def programme_calendar(entries: Sequence[WeekEntry], *, name: str) -> bytes:
    """Events and hackathons. A call for ideas is open for weeks: that is no appointment."""
    writing: dict[str, Callable[[Any], Entry]] = {"event": calendar_entry, "hackathon": _hackathon_entry}
    chosen = [writing[entry.kind](entry.thing) for entry in entries if entry.kind in writing]
    return write_calendar(chosen, name=name, zone=city_zone())


def plan_calendar(plan: Sequence[Appointment], *, name: str) -> bytes:
    """Somebody's own: who has a place reads where to dial in, who waits for one sees it as not yet certain."""
    return write_calendar([_planned_entry(one) for one in plan], name=name, zone=city_zone())


def calendar_entry(event: Event, *, status: str = CONFIRMED, words: str = "", is_inside: bool = False) -> Entry:
    cancelled = event.state == "cancelled"
    words = _("Cancelled") if cancelled else words
    text = [event.cancelled_reason if cancelled else "", event.summary, event.access_notes]
    if is_inside and event.online_url and not cancelled:
        text.insert(0, _("Take part: %(address)s", address=event.online_url))
    return Entry(
        uid=f"event-{event.id}@{_host()}", title=f"{words}: {event.title}" if words else event.title,
        begins_at=event.starts_at, ends_at=event.ends_at, changed_at=event.changed_at.replace(microsecond=0),
        sequence=event.sequence, text="\n\n".join(part for part in text if part), place=place_of(event),
        url=public_url("events.event", number=event.id), kinds=(event.topic.title,) if event.topic else (),
        status=CANCELLED if cancelled else status, whole_days=lasts_days(event),
    )  # fmt: skip


def place_of(event: Event) -> str:
    """Hall, house and street in one line."""
    venue = event.venue
    parts = [event.room, venue.title if venue else "", venue.address if venue else ""]
    return ", ".join(part for part in parts if part) or (_("Online") if event.online_url else "")


def _planned_entry(one: Appointment) -> Entry:
    waits = one.part in ("requested", "waiting", "offered")
    status, words = (TENTATIVE, _("Not yet certain")) if waits else (CONFIRMED, "")
    if one.hackathon:
        return _hackathon_entry(one.hackathon, status, words)
    assert one.event
    return calendar_entry(one.event, status=status, words=words, is_inside=one.part == "registered")


def _hackathon_entry(hackathon: Hackathon, status: str = CONFIRMED, words: str = "") -> Entry:
    known_since = hackathon.published_at or hackathon.starts_at
    return Entry(
        uid=f"hackathon-{hackathon.id}@{_host()}", title=f"{words}: {hackathon.title}" if words else hackathon.title,
        begins_at=hackathon.starts_at, ends_at=hackathon.ends_at, changed_at=known_since.replace(microsecond=0),
        sequence=hackathon.revision, text=hackathon.summary, place=hackathon.place,
        url=public_url("hackathons.hackathon", slug=hackathon.slug), kinds=(_("Hackathon"),), status=status,
    )  # fmt: skip


def _host() -> str:
    return urlsplit(full_address("/")).hostname or "localhost"
