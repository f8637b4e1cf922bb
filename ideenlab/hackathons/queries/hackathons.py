import re
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain, count

from sqlalchemy import bindparam, select

from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.core.phases import is_open, is_over, window
from ideenlab.core.text import fold
from ideenlab.hackathons.models import WINDOWS, Hackathon
from ideenlab.programme.models import Edition

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def get_hackathon(slug: str) -> Hackathon:
    """One that everybody may see. Before it is published there is no such page."""
    hackathon = get_any_hackathon(slug)
    if hackathon.published_at is None:
        raise NotFound
    return hackathon


def get_any_hackathon(slug: str) -> Hackathon:
    """For organisers: also one that is still being planned."""
    hackathon = find_hackathon(slug)
    if hackathon is None:
        raise NotFound
    return hackathon


_OF_SLUG = select(Hackathon).where(Hackathon.slug == bindparam("slug"))


def find_hackathon(slug: str) -> Hackathon | None:
    if not SLUG.fullmatch(slug):
        return None
    return db.session.scalar(_OF_SLUG, {"slug": slug})


def free_slug(title: str, *, taken: Collection[str] = ()) -> str:
    """An address made from a title that no hackathon has: `hackathon-fuer-alle`, then `hackathon-fuer-alle-2`."""
    stem = re.sub("[^a-z0-9]+", "-", fold(title)).strip("-")[:50].strip("-") or "hackathon"
    known = {*taken, *db.session.scalars(select(Hackathon.slug).where(Hackathon.slug.startswith(stem)))}
    return next(slug for slug in chain([stem], (f"{stem}-{n}" for n in count(2))) if slug not in known)


_PUBLISHED = (  # the statements of the start page are put together once
    select(Hackathon)
    .where(Hackathon.published_at.is_not(None), Hackathon.rehearsal_of_id.is_(None))
    .order_by(Hackathon.starts_at.desc(), Hackathon.id.desc())
)


def hackathons() -> Sequence[Hackathon]:
    """What everybody may see, newest first."""
    return db.session.scalars(_PUBLISHED).all()


def all_hackathons() -> Sequence[Hackathon]:
    """For organisers: also what is still being planned, newest first. Rehearsals stand beside what they rehearse."""
    return db.session.scalars(
        select(Hackathon)
        .where(Hackathon.rehearsal_of_id.is_(None))
        .order_by(Hackathon.starts_at.desc(), Hackathon.id.desc())
    ).all()


def hackathons_in(edition: Edition) -> Sequence[Hackathon]:
    """Of one week, in the order in which they begin, also what is still being planned."""
    return db.session.scalars(
        select(Hackathon)
        .where(Hackathon.edition_id == edition.id, Hackathon.rehearsal_of_id.is_(None))
        .order_by(Hackathon.starts_at, Hackathon.id)
    ).all()


def missing_for_opening(hackathon: Hackathon, now: datetime) -> list[str]:
    """What a hackathon must have before people register, in words for `opening.html`."""
    needed = {
        "description": hackathon.summary.strip() and hackathon.description.strip(),
        "place": hackathon.place.strip(),
        "code_of_conduct": hackathon.code_of_conduct.strip(),
        "registration": hackathon.registration_from and not is_over(hackathon, "registration", now),
        "teams": hackathon.teams_from,
        "submission": hackathon.submission_from and hackathon.submission_until,
    }
    return [word for word, there in needed.items() if not there]


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
