"""The events of a week as a table, in the columns in which they can be read in."""

from collections.abc import Iterator

from ideenlab.core.i18n import in_city_time
from ideenlab.events.models import Event
from ideenlab.events.queries.planning import all_events
from ideenlab.programme.models import Edition

TABLE = (
    "Nummer", "Titel", "Datum", "Beginn", "Ende", "Format", "Themenfeld", "Partner", "Reihe", "Strang", "Ort",
    "Adresse", "Raum", "Online-Adresse", "Kurztext", "Beschreibung", "Sprache", "Barrierefrei", "Zugang", "Familien",
    "Anmeldung", "Anmelde-Adresse", "Plätze", "Stand",
)  # fmt: skip


def table_columns() -> tuple[str, ...]:
    return TABLE


def table_rows(edition: Edition) -> Iterator[list[object]]:
    for event in all_events(edition):
        yield [*_what(event), *_where(event), *_how(event)]


def table_number(event: Event) -> str:
    """By which a table finds an event again. One that was not read in has a number of ours."""
    return event.external_id or f"ideenlab-{event.id}"


def _what(event: Event) -> list[object]:
    begin, end = in_city_time(event.starts_at), in_city_time(event.ends_at)
    return [
        table_number(event), event.title, begin.strftime("%Y-%m-%d"),
        begin.strftime("%Y-%m-%d %H:%M"), end.strftime("%Y-%m-%d %H:%M"), event.format,
        event.topic.title if event.topic else "", event.partner.title if event.partner else "",
        event.series.title if event.series else "", event.track,
    ]  # fmt: skip


def _where(event: Event) -> list[object]:
    venue = event.venue
    return [venue.title if venue else "", venue.address if venue else "", event.room, event.online_url]


def _how(event: Event) -> list[object]:
    return [
        event.summary, event.description, event.language, _yes(event.is_accessible), event.access_notes,
        _yes(event.is_for_families), event.sign_up, event.sign_up_url, event.places, event.state,
    ]  # fmt: skip


def _yes(value: bool) -> str:  # noqa: FBT001
    return "ja" if value else "nein"
