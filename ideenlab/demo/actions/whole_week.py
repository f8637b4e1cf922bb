"""A week of the size that a real one has: to look at lists, to measure, to train helpers."""

from datetime import time, timedelta

from sqlalchemy import func, insert, select

from ideenlab.core.db import db
from ideenlab.core.text import fold
from ideenlab.demo.actions.week import GUESTS, NAMES, THIS_WEEK
from ideenlab.demo.actions.world import World
from ideenlab.events.models import FORMATS, Event, SignUp, Venue
from ideenlab.partners.models import Participation, Partner
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import get_edition, topics_of

EVENTS, PARTNERS, SIGN_UPS = 80, 48, 1_800
HOUSES = ("Verein", "Werkstatt", "Schule", "Firma", "Museum", "Praxis", "Labor", "Treff")
THINGS = (
    "Roboter", "offene Daten", "sichere Passwörter", "digitale Barrieren", "Wetterstationen", "leise Busse",
    "alte Karten", "künstliche Intelligenz", "Stadtbäume", "kurze Filme", "Podcasts", "Solardächer",
)  # fmt: skip
WAYS = ("{} zum Anfassen", "Einführung: {}", "{} für alle", "Gespräch über {}", "{} selbst gebaut")


def add_whole_week(world: World) -> dict[str, int]:
    """Fill the week up to 80 events, 48 partners and 1,800 sign-ups. Run twice it adds nothing."""
    edition = get_edition(THIS_WEEK)
    partners = _fill_partners(world, edition)
    _fill_events(world, edition, partners)
    _fill_sign_ups(world, edition)
    return {"events": _events(edition), "partners": len(_partners(edition)), "sign_ups": _sign_ups(edition)}


def _fill_partners(world: World, edition: Edition) -> list[int]:
    there = _partners(edition)
    for number in range(len(there) + 1, PARTNERS + 1):
        title = f"{world.dice.choice(HOUSES)} {world.dice.choice(NAMES)} {number}"
        partner = Partner(
            slug=f"haus-{number}", title=title, title_folded=fold(title), summary="Macht in dieser Woche mit.",
            published_at=world.ago(30),
        )  # fmt: skip
        db.session.add(Participation(edition=edition, partner=partner, part="Partner", position=number))
    db.session.flush()
    return _partners(edition)


def _fill_events(world: World, edition: Edition, partners: list[int]) -> None:
    dice, topics = world.dice, topics_of(edition)
    venues = list(db.session.scalars(select(Venue.id).order_by(Venue.id)))
    days = (edition.ends_on - edition.starts_on).days + 1
    today = world.start.astimezone(world.zone).date()
    for number in range(_events(edition) + 1, EVENTS + 1):
        day = edition.starts_on + timedelta(days=number % days)
        begin = world.at((day - today).days, time(dice.randint(9, 19), dice.choice((0, 30))))
        wanted = dice.choice((15, 20, 30, 40, 80))
        db.session.add(
            Event(
                edition=edition, partner_id=dice.choice(partners), topic=dice.choice(topics),
                venue_id=dice.choice(venues) if venues else None, room=f"Raum {dice.randint(1, 9)}",
                title=_title(dice.choice(WAYS).format(dice.choice(THINGS))),
                summary="Kommen Sie vorbei, fragen Sie, probieren Sie aus.",
                format=dice.choice([name for name in FORMATS if name not in ("hackathon", "exhibition")]),
                state="published", published_at=world.ago(30), starts_at=begin,
                ends_at=begin + timedelta(minutes=dice.choice((60, 90, 120))), sign_up="here", places=wanted,
                is_for_families=dice.random() < 0.3, is_accessible=dice.random() < 0.7,
            )
        )  # fmt: skip
    db.session.flush()


def _fill_sign_ups(world: World, edition: Edition) -> None:
    """One after the other round the events that have places, with waiting lists where it is full."""
    dice, missing = world.dice, SIGN_UPS - _sign_ups(edition)
    chosen = select(Event).where(Event.edition_id == edition.id, Event.state == "published", Event.sign_up == "here")
    events = db.session.scalars(chosen.order_by(Event.id)).all()
    rows = []
    for number in range(missing):
        event = events[number % len(events)]
        waits = event.registered_count >= event.places
        event.registered_count += not waits
        at = world.ago(20 * dice.random())
        rows.append({
            "event_id": event.id, "name": f"{dice.choice(GUESTS)} {dice.choice(NAMES)}",
            "email": f"woche-{number}@example.org", "state": "waiting" if waits else "registered", "created_at": at,
            "confirmed_at": at, "ticket_code": None if waits else f"W{number:09}", "told_sequence": event.sequence,
        })  # fmt: skip
    db.session.flush()
    if rows:
        db.session.execute(insert(SignUp), rows)


def _title(words: str) -> str:
    return words[0].upper() + words[1:]


def _events(edition: Edition) -> int:
    return db.session.scalar(select(func.count()).where(Event.edition_id == edition.id)) or 0


def _partners(edition: Edition) -> list[int]:
    chosen = select(Participation.partner_id).where(Participation.edition_id == edition.id)
    return list(db.session.scalars(chosen.order_by(Participation.position, Participation.partner_id)))


def _sign_ups(edition: Edition) -> int:
    chosen = select(func.count()).select_from(SignUp).join(Event).where(Event.edition_id == edition.id)
    return db.session.scalar(chosen) or 0
