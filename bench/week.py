"""A week with its programme: partners, places and eighty events, on every day and in every state that a card shows."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.text import fold
from ideenlab.events.models import FORMATS, Event, Venue
from ideenlab.partners.models import Participation, Partner
from ideenlab.programme.models import Edition, Topic

EVENTS, PARTNERS, VENUES, DAYS = 80, 12, 6, 7
HOURS = (9, 11, 13, 15, 17, 19)


def add_week(edition: Edition, topics: list[Topic]) -> dict[str, object]:
    """A page of each kind. The week is on, and began yesterday."""
    edition.starts_on = now().date() - timedelta(days=1)
    edition.ends_on = edition.starts_on + timedelta(days=DAYS - 1)
    partners = [_a_partner(number) for number in range(PARTNERS)]
    venues = [_a_venue(number) for number in range(VENUES)]
    events = [
        _an_event(edition, number, partners[number % PARTNERS], venues[number % VENUES], topics[number % len(topics)])
        for number in range(EVENTS)
    ]
    taking = [Participation(edition=edition, partner=partner, position=n) for n, partner in enumerate(partners)]
    db.session.add_all([*partners, *venues, *events, *taking])
    db.session.flush()
    return {"event": events[EVENTS // 2].id, "partner": partners[0].slug}


def _a_partner(number: int) -> Partner:
    title = f"Verein Nummer {number}"
    return Partner(
        slug=f"verein-{number}", title=title, title_folded=fold(title), summary="Wir machen Stadt " * 6,
        published_at=now(),
    )  # fmt: skip


def _a_venue(number: int) -> Venue:
    title = f"Haus {number}"
    return Venue(title=title, title_folded=fold(title), address="Am Markt 1", is_accessible=bool(number % 2))


def _an_event(edition: Edition, number: int, partner: Partner, venue: Venue, topic: Topic) -> Event:
    day = edition.starts_on + timedelta(days=number % DAYS)
    begin = datetime.combine(day, time(HOURS[number % len(HOURS)]), ZoneInfo("Europe/Berlin"))
    return Event(
        edition=edition, partner=partner, venue=venue, topic=topic, state="published", published_at=now(),
        title=f"Veranstaltung Nummer {number} in der Woche", summary="Wort für Wort durch die Stadt " * 6,
        format=FORMATS[number % len(FORMATS)], track=f"Reihe {number % 4}", room=f"Raum {number % 5}",
        starts_at=begin, ends_at=begin + timedelta(minutes=90), sign_up=("here", "none")[number % 2],
        registered_count=30 if number % 10 == 0 else number % 20, is_accessible=bool(number % 3 == 0),
        is_for_families=bool(number % 4 == 0),
    )  # fmt: skip
