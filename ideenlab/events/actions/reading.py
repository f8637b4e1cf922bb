"""A table of events: every row is checked before anything is stored, and each refusal says its line and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import city_zone
from ideenlab.core.i18n import gettext as _
from ideenlab.core.moments import TIME, read_city_time
from ideenlab.core.tables import FORMULA, Unreadable, column_key, match_columns, open_table
from ideenlab.core.text import clean_line, clean_text, fold
from ideenlab.events.actions.editing import EventPlan
from ideenlab.events.models import FORMATS, Event
from ideenlab.events.queries import table_number, venues
from ideenlab.partners.queries import all_partners
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import topics_of

MOST_ROWS = 1_000
COLUMNS = {
    "external_id": ("nummer", "kennung", "external_id", "id", "nr"),
    "title": ("titel", "title"),
    "day": ("datum", "tag", "date"),
    "starts_at": ("beginn", "von", "start", "starts_at"),
    "ends_at": ("ende", "bis", "end", "ends_at"),
    "format": ("format", "art"),
    "topic": ("themenfeld", "thema", "topic"),
    "partner": ("partner", "veranstalter", "veranstalterin"),
    "series": ("reihe", "series"),
    "track": ("strang", "track"),
    "venue": ("ort", "veranstaltungsort", "venue", "place"),
    "address": ("adresse", "anschrift", "address"),
    "room": ("raum", "room"),
    "online_url": ("online-adresse", "online_url"),
    "summary": ("kurztext", "summary"),
    "description": ("beschreibung", "description"),
    "language": ("sprache", "language"),
    "is_accessible": ("barrierefrei", "is_accessible"),
    "access_notes": ("zugang", "hinweise zum zugang", "access_notes"),
    "is_for_families": ("für familien", "familien", "is_for_families"),
    "sign_up": ("anmeldung", "sign_up"),
    "sign_up_url": ("anmelde-adresse", "sign_up_url"),
    "places": ("plätze", "places"),
}
NEEDED = ("external_id", "title", "starts_at", "ends_at")
LINES = ("room", "track", "series", "online_url", "sign_up_url")
TEXTS = ("summary", "description", "access_notes")
LONGEST = {
    "external_id": 80, "title": 120, "summary": 300, "description": 20_000, "room": 80, "track": 60, "series": 120,
    "venue": 120, "address": 200, "online_url": 500, "sign_up_url": 500, "access_notes": 500,
}  # fmt: skip
YES_OR_NO = {
    "ja": True, "j": True, "x": True, "1": True, "yes": True, "true": True, "wahr": True,
    "nein": False, "n": False, "0": False, "no": False, "false": False, "falsch": False,
}  # fmt: skip
WORDS: dict[str, dict[str, Any]] = {
    "format": {
        "workshop": "workshop", "vortrag": "talk", "kongress": "congress", "buergerlab": "citizens_lab",
        "hackathon": "hackathon", "ausstellung": "exhibition", "fuehrung": "tour", "online": "online",
        "sonstiges": "other", **{name: name for name in FORMATS},
    },
    "language": {
        "deutsch": "de", "leichte sprache": "plain", "englisch": "en", "deutsch und englisch": "de en",
        "gebaerdensprache": "dgs", "andere": "other", "de": "de", "plain": "plain", "en": "en", "de en": "de en",
        "dgs": "dgs", "other": "other",
    },
    "sign_up": {
        "keine": "none", "ohne": "none", "none": "none", "hier": "here", "here": "here", "partner": "elsewhere",
        "beim partner": "elsewhere", "extern": "elsewhere", "elsewhere": "elsewhere",
    },
    "is_accessible": YES_OR_NO, "is_for_families": YES_OR_NO,
}  # fmt: skip


KNOWN_WORDS = {name: [word for word in words if len(word) > 1] for name, words in WORDS.items()}


class Refused(Exception):
    """This row becomes no event. The message says why."""


@dataclass(frozen=True)
class Row:
    """A row that can be stored: what it makes of an event, and which columns differ from what is stored."""

    line: int
    external_id: str
    plan: EventPlan
    venue: tuple[str, str]  # name and street of the place; it is made when there is none of this name
    event: Event | None = None
    changed: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        if self.event is None:
            return "new"
        return "changed" if self.changed else "same"


@dataclass
class Preview:
    """What an import would do."""

    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)  # columns of the file that nobody knows

    def having(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]


class Reader:
    """Checks rows against what the edition has. Stores nothing."""

    def __init__(self, edition: Edition, columns: Mapping[str, int], width: int) -> None:
        self.edition, self.columns, self.width = edition, columns, width
        self.zone = ZoneInfo(city_zone())
        self.topics = {fold(word): topic for topic in topics_of(edition) for word in (topic.slug, topic.title)}
        self.partners = {fold(word): one for one in all_partners() for word in (one.slug, one.title)}
        self.venues = {venue.title_folded: venue for venue in venues()}
        known = select(Event).where(Event.edition_id == edition.id).order_by(Event.id)
        self.events = {table_number(event): event for event in db.session.scalars(known)}
        self.lines: dict[str, int] = {}

    def read(self, line: int, cells: list[str]) -> Row:
        if len(cells) != self.width:
            raise Refused(_("%(count)s cells where the first line has %(width)s", count=len(cells), width=self.width))
        if any("\x00" in cell for cell in cells):
            raise Refused(_("a character that is no text (NUL)"))
        typed = {name: without_apostrophe(cells[place]) for name, place in self.columns.items()}
        for name, most in LONGEST.items():
            if len(typed.get(name, "")) > most:
                raise Refused(_("“%(name)s” has more than %(most)s characters", name=COLUMNS[name][0], most=most))
        number = self._number(line, typed)
        event = self.events.get(number)
        plan = replace(_as_it_is(event, self.edition), **self._values(typed, event))
        venue = (clean_line(typed.get("venue", "")), clean_line(typed.get("address", "")))
        if "venue" in typed:
            plan = replace(plan, venue=self.venues.get(fold(venue[0])) if venue[0] else None)
        return Row(line, number, plan, venue, event, self._differences(event, plan, venue[0]))

    def _number(self, line: int, typed: Mapping[str, str]) -> str:
        number = clean_line(typed["external_id"])
        if not number:
            raise Refused(_("no number; with it the row is found again"))
        if number in self.lines:
            raise Refused(
                _("the number “%(number)s” stands already on line %(line)s", number=number, line=self.lines[number])
            )
        self.lines[number] = line
        return number

    def _values(self, typed: Mapping[str, str], event: Event | None) -> dict[str, Any]:
        """Only of columns that are there. An empty cell of a column that is there empties what it says."""
        values: dict[str, Any] = {"title": clean_line(typed["title"])}
        values |= {name: clean_line(typed[name]) for name in LINES if name in typed}
        values |= {name: clean_text(typed[name]) for name in TEXTS if name in typed}
        for name, words in WORDS.items():
            if clean_line(typed.get(name, "")):
                values[name] = _one_of(name, typed[name], words)
        values |= self._times(typed)
        if clean_line(typed.get("places", "")):
            values["places"] = _whole(typed["places"])
        if "topic" in typed:
            values["topic"] = _found(self.topics, typed["topic"], _("there is no topic “%(name)s” in this edition"))
        if "partner" in typed:
            values["partner"] = _found(self.partners, typed["partner"], _("there is no partner “%(name)s”"))
        if values.get("sign_up_url") and "sign_up" not in values and event is None:
            values["sign_up"] = "elsewhere"
        return values

    def _times(self, typed: Mapping[str, str]) -> dict[str, datetime]:
        """`Beginn` and `Ende` hold day and hour, or only the hour beside a column `Datum`."""
        day = clean_line(typed.get("day", "")) or clean_line(typed["starts_at"]).replace("T", " ").split(" ")[0]
        times = {}
        for name in ("starts_at", "ends_at"):
            text = clean_line(typed[name])
            if TIME.fullmatch(text.removesuffix("Uhr").strip()):
                text = f"{day} {text}"
            try:
                times[name] = read_city_time(text, self.zone)
            except ValueError as problem:
                raise Refused(f"{COLUMNS[name][0].capitalize()}: {problem}") from problem
        return times

    def _differences(self, event: Event | None, plan: EventPlan, venue: str) -> tuple[str, ...]:
        try:
            columns = replace(plan, series="", venue=None).columns()
        except Invalid as problem:
            raise Refused(str(problem)) from problem
        if event is None:
            return ()
        if event.state in ("cancelled", "refused", "withdrawn"):
            raise Refused(_("this event was cancelled, refused or withdrawn; please change it on its page"))
        if columns["places"] < event.registered_count:
            raise Refused(_("%(count)s people have a place already", count=event.registered_count))
        leave = ("series_id", "venue_id", "description_html")
        found = [name for name in columns if name not in leave and getattr(event, name) != columns[name]]
        if "series" in self.columns and fold(plan.series) != fold(event.series.title if event.series else ""):
            found.append("series")
        if "venue" in self.columns and fold(venue) != fold(event.venue.title if event.venue else ""):
            found.append("venue")
        return tuple(name.removesuffix("_id") for name in found)


def preview_events(path: Path, *, edition: Edition) -> Preview:
    """Read a table of events. Raises Unreadable where the table itself is broken."""
    known = [column_key(name) for names in COLUMNS.values() for name in names]
    table = open_table(path, known)
    columns = match_columns(table, COLUMNS, needed=NEEDED, mapping={})
    preview = Preview(left_alone=[name for place, name in enumerate(table.columns) if place not in columns.values()])
    reader = Reader(edition, columns, len(table.columns))
    for count, (line, cells) in enumerate(table.rows(), 1):
        if count > MOST_ROWS:
            raise Unreadable(_("The table has more than %(most)s rows.", most=MOST_ROWS))
        try:
            preview.rows.append(reader.read(line, cells))
        except Refused as reason:
            preview.refused.append((line, str(reason)))
    if not (preview.rows or preview.refused):
        raise Unreadable(_("The file has a first line with names, but no rows."))
    return preview


def without_apostrophe(cell: str) -> str:
    """What a table of ours shows as `'=1+1` was stored as `=1+1`: see `core.tables.safe_cell`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def plan_values(event: Event) -> Iterator[tuple[str, Any]]:
    """The fields of a plan as an event has them."""
    for name in (
        "title", "starts_at", "ends_at", "format", "partner", "topic", "venue", "summary", "description", "language",
        "room", "track", "online_url", "access_notes", "is_for_families", "is_accessible", "sign_up", "sign_up_url",
        "sign_up_until", "places", "offer_hours",
    ):  # fmt: skip
        yield name, getattr(event, name)
    yield "series", event.series.title if event.series else ""


def _as_it_is(event: Event | None, edition: Edition) -> EventPlan:
    if event is None:
        return EventPlan(title="", edition=edition, starts_at=now(), ends_at=now())
    return EventPlan(edition=edition, **dict(plan_values(event)))


def _one_of(name: str, typed: str, words: Mapping[str, Any]) -> Any:
    found = words.get(fold(typed))
    if found is None:
        raise Refused(
            _("“%(typed)s” is not known for “%(name)s”; there are: %(known)s", typed=clean_line(typed)[:40],
              name=COLUMNS[name][0], known=", ".join(word for word in words if not word.isdecimal()))
        )  # fmt: skip
    return found


def _found(things: Mapping[str, Any], typed: str, missing: str) -> Any:
    name = clean_line(typed)
    if not name:
        return None
    if fold(name) not in things:
        raise Refused(missing % {"name": name[:80]})
    return things[fold(name)]


def _whole(typed: str) -> int:
    text = clean_line(typed)
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Refused(_("“%(typed)s” is not a number of places", typed=text[:40]))
    return int(text)
