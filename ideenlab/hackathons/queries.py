import re
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain, count

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.core.phases import is_open, is_over, window
from ideenlab.core.text import fold
from ideenlab.hackathons.models import WINDOWS, Hackathon, Registration

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def get_hackathon(slug: str) -> Hackathon:
    hackathon = find_hackathon(slug)
    if hackathon is None:
        raise NotFound
    return hackathon


def find_hackathon(slug: str) -> Hackathon | None:
    if not SLUG.fullmatch(slug):
        return None
    return db.session.scalar(select(Hackathon).where(Hackathon.slug == slug))


def free_slug(title: str, *, taken: Collection[str] = ()) -> str:
    """An address made from a title that no hackathon has: `hackathon-fuer-alle`, then `hackathon-fuer-alle-2`."""
    stem = re.sub("[^a-z0-9]+", "-", fold(title)).strip("-")[:50].strip("-") or "hackathon"
    known = {*taken, *db.session.scalars(select(Hackathon.slug).where(Hackathon.slug.startswith(stem)))}
    return next(slug for slug in chain([stem], (f"{stem}-{n}" for n in count(2))) if slug not in known)


def hackathons() -> Sequence[Hackathon]:
    """All, newest first."""
    return db.session.scalars(select(Hackathon).order_by(Hackathon.starts_at.desc(), Hackathon.id.desc())).all()


def find_registration(person: Person, hackathon: Hackathon) -> Registration | None:
    """The place this person has; a cancelled one is none."""
    found = find_any_registration(person, hackathon)
    return found if found and found.state == "registered" else None


def find_any_registration(person: Person, hackathon: Hackathon) -> Registration | None:
    """The row, even when it was cancelled."""
    return db.session.scalar(
        select(Registration).where(Registration.hackathon_id == hackathon.id, Registration.person_id == person.id)
    )


def is_registered(person: Person, hackathon: Hackathon) -> bool:
    return find_registration(person, hackathon) is not None


def registered_hackathon_ids(person: Person) -> set[int]:
    """The hackathons in which this person has a place."""
    return set(
        db.session.scalars(
            select(Registration.hackathon_id).where(
                Registration.person_id == person.id, Registration.state == "registered"
            )
        )
    )


def registrations_of(hackathon: Hackathon) -> Sequence[Registration]:
    """Everybody with a place, with the people: those without a team first, then in the order they came."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.hackathon_id == hackathon.id, Registration.state == "registered")
        .options(joinedload(Registration.person))
        .order_by(Registration.in_team, Registration.created_at, Registration.id)
    ).all()


def people_in_teams_of(hackathon: Hackathon) -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.hackathon_id == hackathon.id, Registration.in_team)
        .order_by(Person.id)
    ).all()


def count_without_team(hackathon: Hackathon) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Registration)
            .where(Registration.hackathon_id == hackathon.id, Registration.state == "registered", ~Registration.in_team)
        )
        or 0
    )


def next_deadline(hackathon: Hackathon, now: datetime) -> tuple[str, datetime] | None:
    """The window that closes next among those that are open, and when."""
    ends = [(getattr(hackathon, f"{name}_until"), name) for name in WINDOWS if is_open(hackathon, name, now)]
    closing = sorted((end, name) for end, name in ends if end)
    return (closing[0][1], closing[0][0]) if closing else None


def windows_of(hackathon: Hackathon, now: datetime) -> list[tuple[str, str, datetime, datetime | None]]:
    """The planned windows in their order: name, state (done, now or empty), begin, end."""
    found = []
    for name in WINDOWS:
        begin, end = window(hackathon, name)
        if begin:
            state = "now" if is_open(hackathon, name, now) else "done" if is_over(hackathon, name, now) else ""
            found.append((name, state, begin, end))
    return found


def stage_of(hackathon: Hackathon, now: datetime) -> str:
    """`coming`, `running`, or `past`: not before the result is out, where one is planned."""
    end = max(hackathon.ends_at, hackathon.publication_from or hackathon.ends_at)
    if now >= end:
        return "past"
    return "running" if hackathon.starts_at <= now else "coming"


def status_of(hackathon: Hackathon, now: datetime) -> str:
    """What a visitor wants to know first: the window that is open (while there are places), else the stage."""
    stage = stage_of(hackathon, now)
    if stage == "past":
        return stage
    if is_open(hackathon, "registration", now) and hackathon.registered_count < hackathon.places:
        return "registration"
    found = next((name for name in ("scoring", "submission", "teams") if is_open(hackathon, name, now)), stage)
    return "waiting" if found == "running" and is_over(hackathon, "submission", now) else found
