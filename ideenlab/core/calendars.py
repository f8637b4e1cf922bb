"""Calendars (RFC 5545) that a telephone subscribes to. The same entries always give the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

END = b"END:VCALENDAR"
PRODUCT = "-//Ideenlab//Ideenlab//DE"


@dataclass(frozen=True)
class Entry:
    """One appointment. `uid` stays for ever; a program takes the entry with the higher `sequence`."""

    uid: str
    title: str
    begins_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int = 0
    text: str = ""
    place: str = ""
    url: str = ""
    kinds: tuple[str, ...] = ()
    status: str = "CONFIRMED"  # TENTATIVE while somebody waits for a place, CANCELLED
    whole_days: bool = False  # an exhibition: days, not hours


def write_calendar(entries: Iterable[Entry], *, name: str, zone: str) -> bytes:
    """A calendar with the rules of the zone for the years in which its entries lie, whatever the reader knows."""
    listed = list(entries)
    book = Calendar()
    for key, value in (
        ("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"), ("name", name),
        ("x-wr-calname", name), ("x-wr-timezone", zone),
    ):  # fmt: skip
        book.add(key, value)
    book.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", "PT1H")
    timed = [entry for entry in listed if not entry.whole_days]
    if timed:
        first, last = min(entry.begins_at for entry in timed), max(entry.ends_at for entry in timed)
        book.add_component(_rules_of(zone, first.year, last.year))
    head, end = bytes(book.to_ical()).rsplit(END, 1)
    return b"".join([head, *(_written(entry, zone) for entry in listed), END, end])


@lru_cache(maxsize=2048)
def _written(entry: Entry, zone: str) -> bytes:
    """Hundreds of telephones ask every hour for a week that seldom changes."""
    return bytes(_component(entry, ZoneInfo(zone)).to_ical())


@lru_cache(maxsize=64)
def _rules_of(zone: str, first: int, last: int) -> Timezone:
    """Only the years that are needed: the rules of a whole century are hundreds of lines."""
    return Timezone.from_tzinfo(ZoneInfo(zone), first_date=date(first - 1, 12, 1), last_date=date(last + 1, 2, 1))


def _component(entry: Entry, zone: ZoneInfo) -> Event:
    event = Event()
    begins, ends = entry.begins_at.astimezone(zone), entry.ends_at.astimezone(zone)
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    if entry.whole_days:
        event.add("dtstart", begins.date())
        event.add("dtend", (ends - timedelta(microseconds=1)).date() + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # nobody is busy for three days
    else:
        event.add("dtstart", begins)
        event.add("dtend", ends)
    event.add("summary", entry.title)
    event.add("status", entry.status)
    for key, value in (("description", entry.text), ("location", entry.place), ("url", entry.url)):
        if value:
            event.add(key, value)
    if entry.kinds:
        event.add("categories", list(entry.kinds))
    return event
