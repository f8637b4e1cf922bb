"""The programme of the demo city's week: places, events, and who comes."""

import random
from datetime import datetime, time, timedelta
from typing import Any

from ideenlab.core.db import db
from ideenlab.core.text import fold, render_markdown
from ideenlab.demo.actions.world import World, read_content
from ideenlab.events.models import Event, EventMessage, EventPartner, EventSeries, SignUp, Venue
from ideenlab.programme.models import Edition

THIS_WEEK = "digitale-woche"
KNOWN_SINCE = 30  # days
GUESTS = (
    "Ahmet", "Birgit", "Claudia", "Dieter", "Elif", "Frank", "Gisela", "Hannah", "Ingo", "Jana", "Karim", "Lena",
    "Murat", "Nadja", "Olga", "Paul", "Renate", "Sven", "Theo", "Ute", "Vera", "Yusuf",
)  # fmt: skip
NAMES = ("Albers", "Brand", "Celik", "Demir", "Ebert", "Feldmann", "Grote", "Hoffmann", "Ivanova", "Jansen", "Krüger")


def add_programme(world: World) -> None:
    written = read_content("week")
    edition = world.editions[THIS_WEEK]
    venues = {one.pop("key"): _add_venue(one) for one in written["venues"]}
    series: dict[str, EventSeries] = {}
    db.session.flush()
    for number, one in enumerate(written["events"], 1):
        _add_event(world, edition, number, one, venues, series)
    db.session.flush()


def _add_venue(written: dict[str, Any]) -> Venue:
    venue = Venue(**written, title_folded=fold(written["title"]))
    db.session.add(venue)
    return venue


def _add_event(
    world: World, edition: Edition, number: int, written: dict[str, Any], venues: dict[str, Venue],
    series: dict[str, EventSeries],
) -> None:  # fmt: skip
    state = "cancelled" if "cancelled" in written else written.get("state", "published")
    title = written.get("series", "")
    if title and title not in series:
        series[title] = EventSeries(edition=edition, title=title)
    event = Event(
        edition=edition, partner=world.partners[written["partner"]], topic=world.topics[edition.slug, written["topic"]],
        series=series.get(title), venue=venues.get(written.get("venue", "")), title=written["title"], state=state,
        format=written["format"], summary=written["summary"], description=written.get("about", ""),
        description_html=render_markdown(written.get("about", "")), language=written.get("language", "de"),
        room=written.get("room", ""), track=written.get("track", ""), online_url=written.get("online", ""),
        access_notes=written.get("access", ""), is_for_families=written.get("families", False),
        is_accessible=written.get("venue") in ("bibliothek", "hochschule", "rathaus"),
        **_times(world, written), **_sign_up(written), **_history(world, state, written),
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    for slug in written.get("further", ()):
        db.session.add(EventPartner(event_id=event.id, partner_id=world.partners[slug].id))
    if "question" in written:
        db.session.add(
            EventMessage(
                event=event, person=world.people["olaf"], text=written["question"], state="returned",
                written_at=world.ago(1),
            )
        )  # fmt: skip
    _add_guests(world, event, written.get("come", written.get("came", 0)), written.get("wait", 0), number)


def _times(world: World, written: dict[str, Any]) -> dict[str, datetime]:
    first, last = written["day"], written.get("until_day", written["day"])
    return {
        "starts_at": world.at(first, time.fromisoformat(written["from"])),
        "ends_at": world.at(last, time.fromisoformat(written["until"])),
    }


def _sign_up(written: dict[str, Any]) -> dict[str, Any]:
    if "elsewhere" in written:
        return {"sign_up": "elsewhere", "sign_up_url": written["elsewhere"]}
    return {"sign_up": "here", "places": written["places"]} if "places" in written else {}


def _history(world: World, state: str, written: dict[str, Any]) -> dict[str, Any]:
    known = world.ago(KNOWN_SINCE)
    values: dict[str, Any] = {"created_at": known, "changed_at": known, "proposed_at": known}
    if state in ("published", "cancelled"):
        values["published_at"] = known
    if state == "cancelled":
        values |= {"cancelled_at": world.ago(2), "cancelled_reason": written["cancelled"], "sequence": 1}
    if written.get("moved"):
        values |= {"moved_at": world.ago(1), "changed_at": world.ago(1), "sequence": 1}
    return values


def _add_guests(world: World, event: Event, come: int, wait: int, number: int) -> None:
    for place in range(come + wait):
        db.session.add(_guest(world.dice, event, f"{number}-{place}", world.ago(20 - place / 10), waits=place >= come))
    event.registered_count = come


def _guest(dice: random.Random, event: Event, key: str, at: datetime, *, waits: bool) -> SignUp:
    """Somebody without an account, whose address nobody reads."""
    over = event.ends_at < at + timedelta(days=20)
    return SignUp(
        event=event, name=f"{dice.choice(GUESTS)} {dice.choice(NAMES)}", email=f"gast-{key}@example.org",
        state="waiting" if waits else "registered", created_at=at, confirmed_at=at,
        told_sequence=event.sequence, ticket_code=None if waits else f"D{key.replace('-', 'X'):0>9}"[:16],
        checked_in_at=event.starts_at if over and not waits and dice.random() < 0.8 else None,
    )  # fmt: skip
