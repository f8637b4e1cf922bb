"""The programme of a week, with everything that is in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.core.clock import now
from ideenlab.core.i18n import city_zone, in_city_time
from ideenlab.core.i18n import gettext as _
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.events import queries
from ideenlab.events.queries import EVENT_STATE_NAMES, FORMAT_NAMES, SPOKEN_NAMES, Entry
from ideenlab.events.views.door import blueprint
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import current_edition, get_edition, today

FILTERS = ("ausgabe", "tag", "thema", "format", "partner", "barrierefrei", "familien")
Slot = tuple[datetime, list[Entry]]  # what begins at the same moment
Day = tuple[date, list[Slot]]
LONG = timedelta(hours=60)  # what runs longer stands apart from the days


@dataclass(frozen=True)
class Choice:
    """What is asked for, as it stands in the address. What is not known is left out."""

    given: dict[str, str]

    def address(self, page: str = "events.programme", **changed: str | None) -> str:
        wanted: dict[str, Any] = {name: value for name, value in {**self.given, **changed}.items() if value}
        return url_for(page, **wanted)

    def fits(self, entry: Entry) -> bool:
        get = self.given.get
        return all((
            not get("tag") or entry.is_on(date.fromisoformat(get("tag", ""))),
            not get("thema") or (entry.topic is not None and entry.topic.slug == get("thema")),
            get("format") in (None, entry.format),
            not get("partner") or any(str(partner.id) == get("partner") for partner in entry.partners),
            not get("barrierefrei") or entry.is_accessible,
            not get("familien") or entry.is_for_families,
        ))  # fmt: skip


@dataclass(frozen=True)
class ChosenWeek:
    """A week, and what of it is asked for."""

    edition: Edition | None
    choice: Choice
    options: dict[str, list[Any]]
    entries: list[Entry]
    total: int

    @property
    def long(self) -> list[Entry]:
        """What runs for days stands apart, unless one day is asked for."""
        if self.choice.given.get("tag"):
            return []
        return [entry for entry in self.entries if entry.ends_at - entry.starts_at > LONG]

    @property
    def days(self) -> list[Day]:
        day = self.choice.given.get("tag")
        return _by_day([one for one in self.entries if day or one.ends_at - one.starts_at <= LONG], day)


@blueprint.get("/programm")
@public
@same_for_visitors
def programme() -> ResponseReturnValue:
    chosen, person = chosen_week(), visitor()
    days, edition = chosen.days, chosen.edition
    past = [] if chosen.choice.given.get("tag") else _past(days, edition, now())
    return render_template(
        "events/programme.html", edition=edition, choice=chosen.choice, options=chosen.options,
        count=len(chosen.entries), long=chosen.long, total=chosen.total, past=past,
        days=[one for one in days if one not in past], week=queries.days_of(edition) if edition else [],
        mine=queries.signed_up_event_ids(person) if person else set(), selects=_selects(chosen.options),
    )  # fmt: skip


def chosen_week() -> ChosenWeek:
    """What the address asks for. The list, the calendar and the page to print read it in the same way."""
    slug = request.args.get("ausgabe", "")
    edition = get_edition(slug) if slug else current_edition()
    entries = queries.week_entries(edition, now()) if edition else []
    options = queries.options_of(entries)
    choice = _choice(options, edition)
    found = [entry for entry in entries if choice.fits(entry)]
    return ChosenWeek(edition, choice, options, found, len(entries))


def _choice(options: dict[str, list[Any]], edition: Edition | None) -> Choice:
    known: dict[str, Callable[[str], bool]] = {
        "ausgabe": lambda _text: True,
        "tag": lambda text: edition is not None and text in map(str, queries.days_of(edition)),
        "thema": lambda text: text in {topic.slug for topic in options["topics"]},
        "format": lambda text: text in FORMAT_NAMES,
        "partner": lambda text: text in {str(partner.id) for partner in options["partners"]},
        "barrierefrei": lambda text: text == "ja",
        "familien": lambda text: text == "ja",
    }
    asked = {name: request.args.get(name, "") for name in FILTERS}
    return Choice({name: text for name, text in asked.items() if text and known[name](text)})


def _selects(options: dict[str, list[Any]]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Name in the address, label, choices."""
    return [
        ("thema", _("Topic"), [(topic.slug, topic.title) for topic in options["topics"]]),
        ("format", _("Format"), [(name, str(FORMAT_NAMES[name])) for name in options["formats"]]),
        ("partner", _("Partner"), [(str(partner.id), partner.title) for partner in options["partners"]]),
    ]


def _by_day(entries: Sequence[Entry], day: str | None) -> list[Day]:
    """Days with what begins at the same moment side by side. On a chosen day also what began before it."""
    chosen = date.fromisoformat(day) if day else None
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(chosen or in_city_time(entry.starts_at).date(), []).append(entry)
    return [
        (each, [(begin, list(slot)) for begin, slot in groupby(found, key=lambda entry: entry.starts_at)])
        for each, found in sorted(days.items())
    ]


def _past(days: list[Day], edition: Edition | None, time: datetime) -> list[Day]:
    """While the week is on, days on which everything is over make room for what comes."""
    if edition is None or not edition.starts_on < today() <= edition.ends_on:
        return []
    return [(day, slots) for day, slots in days if all(each.ends_at <= time for _begin, slot in slots for each in slot)]


class EventCard(NamedTuple):
    """What a card shows of an event, the zone in which its times are said included."""

    id: int
    title: str
    summary: str
    format: str
    track: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    partner: str
    place: str
    state: str
    places: int
    registered_count: int
    moved_at: datetime | None
    is_accessible: bool
    is_for_families: bool
    is_mine: bool


def card_of(entry: Entry, *, is_mine: bool) -> EventCard:
    event = entry.thing
    return EventCard(
        event.id, entry.title, entry.summary, entry.format, entry.track, entry.starts_at, entry.ends_at, city_zone(),
        entry.partner.title if entry.partner else "", entry.place, entry.state, event.places, event.registered_count,
        event.moved_at, entry.is_accessible, entry.is_for_families, is_mine,
    )  # fmt: skip


@blueprint.app_template_global()
def format_name(name: str) -> str:
    return str(FORMAT_NAMES[name])


@blueprint.app_context_processor
def give_words() -> dict[str, object]:
    return {
        "card_of": card_of,
        "format_names": FORMAT_NAMES, "spoken_names": SPOKEN_NAMES, "event_state_names": EVENT_STATE_NAMES,
        "place_state_of": lambda event: queries.place_state(event, now()),
        "entry_of": lambda event: queries.entry_of(event, now()),
        "events_of_partner": queries.events_of_partner,
    }  # fmt: skip
