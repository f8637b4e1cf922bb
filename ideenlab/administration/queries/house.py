"""How the house itself is: the worker, who is in, who is kept out, what is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from ideenlab.accounts.models import STAFF, Person, Role, SignIn
from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.jobs import JOBS
from ideenlab.exchange.models import Source
from ideenlab.exchange.queries import is_due
from ideenlab.ideas.queries import ideas_to_index
from ideenlab.operating.models import JobRun
from ideenlab.operating.queries import job_runs, missing_files

NOTED_EVERY = timedelta(seconds=30)
SHOWN = 200


@dataclass(frozen=True)
class JobState:
    """A job of the worker: how often it comes, how it went, and whether it is overdue."""

    name: str
    seconds: float
    run: JobRun | None
    is_late: bool


def job_states() -> list[JobState]:
    """All of them: first those to look at, last those whose time has not come yet."""
    runs, moment = job_runs(), now()
    states = [
        JobState(name, job.seconds, runs.get(name), _is_late(runs.get(name), job.seconds, moment))
        for name, job in sorted(JOBS.items())
    ]  # fmt: skip
    return sorted(states, key=_troubled_first)


def _troubled_first(state: JobState) -> int:
    if state.run is None:
        return 2
    return 0 if state.run.failures or state.is_late else 1


def _is_late(run: JobRun | None, seconds: float, moment: datetime) -> bool:
    """Twice its beat, and the time until it is written down. What never ran is judged by `last_beat`."""
    return run is not None and moment - run.ran_at > timedelta(seconds=2 * seconds) + 3 * NOTED_EVERY


def last_beat() -> datetime | None:
    """When the worker last did anything."""
    return db.session.scalar(select(func.max(JobRun.ran_at)))


def waiting_work() -> dict[str, int]:
    due = db.session.scalar(select(func.count()).select_from(Source).where(*is_due(now()))) or 0
    return {"ideas": ideas_to_index(), "sources": due}


def suspended_people() -> list[Person]:
    chosen = select(Person).where(Person.suspended_until > now())
    return list(db.session.scalars(chosen.order_by(Person.suspended_until, Person.id).limit(SHOWN)))


def staff_sign_ins() -> tuple[list[SignIn], int]:
    """Where people with a role are signed in, the latest first, and how many browsers of everybody are."""
    staff = select(Role.person_id).where(Role.name.in_(STAFF))
    living = SignIn.expires_at > now()
    chosen = select(SignIn).where(SignIn.person_id.in_(staff), living)
    rows = list(db.session.scalars(chosen.order_by(SignIn.last_seen_at.desc(), SignIn.id.desc()).limit(SHOWN)))
    return rows, db.session.scalar(select(func.count()).select_from(SignIn).where(living)) or 0


def files_missing() -> int:
    return len(missing_files())


def get_sign_in(number: int) -> SignIn:
    sign_in = find(SignIn, number)
    if sign_in is None:
        raise NotFound
    return sign_in
