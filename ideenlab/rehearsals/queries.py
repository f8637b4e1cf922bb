from collections.abc import Sequence

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import WINDOWS, Hackathon, Registration
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.models import Juror
from ideenlab.mentors.models import Mentor


def find_rehearsal(hackathon: Hackathon) -> Hackathon | None:
    chosen = select(Hackathon).where(Hackathon.rehearsal_of_id == hackathon.id).order_by(Hackathon.id)
    return db.session.scalars(chosen).first()


def get_rehearsal(slug: str) -> Hackathon:
    """A rehearsal by its own address."""
    found = get_any_hackathon(slug)
    if found.rehearsal_of_id is None:
        raise NotFound
    return found


def step_of(rehearsal: Hackathon) -> str | None:
    """The window that was opened last; None before the first."""
    opened = [name for name in WINDOWS if getattr(rehearsal, f"{name}_from")]
    return opened[-1] if opened else None


def next_step(rehearsal: Hackathon) -> str | None:
    step = step_of(rehearsal)
    left = WINDOWS[WINDOWS.index(step) + 1 :] if step else WINDOWS
    return left[0] if left else None


def trial_people_of(rehearsal: Hackathon) -> Sequence[Person]:
    """Those who were made for it, in the order in which they were made: participants, mentors and jurors."""
    registered = select(Registration.person_id).where(Registration.hackathon_id == rehearsal.id)
    jurors = select(Juror.person_id).where(Juror.hackathon_id == rehearsal.id)
    mentors = select(Mentor.person_id).where(Mentor.hackathon_id == rehearsal.id)
    trial = select(Person).where(Person.is_trial, Person.id.in_(registered.union(jurors, mentors)))
    return db.session.scalars(trial.order_by(Person.id)).all()


def people_without_address_of(rehearsal: Hackathon) -> Sequence[int]:
    """The numbers of all who exist only for it: trial people, and whom somebody let in at the door to try it."""
    at_the_door = select(Registration.person_id).where(
        Registration.hackathon_id == rehearsal.id, Registration.source == "walk_in"
    )
    chosen = select(Person.id).where(Person.id.in_(at_the_door), Person.email.is_(None))
    return [*db.session.scalars(chosen), *(person.id for person in trial_people_of(rehearsal))]


def get_original(rehearsal: Hackathon) -> Hackathon:
    """What is rehearsed."""
    return db.session.get_one(Hackathon, rehearsal.rehearsal_of_id)
