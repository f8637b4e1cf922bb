"""Figures of an edition. The number of statements does not depend on how much there is."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from ideenlab.answers.queries import Figures, figures_among
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import in_city_time
from ideenlab.events.models import Event
from ideenlab.hackathons.models import Hackathon
from ideenlab.ideas.models import Call, Idea
from ideenlab.programme.models import Edition, Topic
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.teams.models import Team

LARGE, KEPT = 10_000, 60.0  # ideas and comments; seconds
HOURS = (1, 2, 4, 8, 24)  # before the deadline


def of_edition(edition: Edition) -> tuple[ColumnElement[bool], ...]:
    """The ideas of its calls that everybody can read; those that were joined count in their target."""
    calls = select(Call.id).where(Call.edition_id == edition.id)
    return Idea.call_id.in_(calls), Idea.state == "published"


def figures_of_edition(edition: Edition) -> Figures:
    """As for a call. Of a large edition they may be a minute old: reading a hundred thousand comments takes a while."""
    key = (str(db.engine.url), edition.id)
    counted_at, kept = _kept.get(key, (0.0, None))
    if kept and monotonic() - counted_at < KEPT:
        return kept
    found = figures_among(of_edition(edition))
    if found.ideas + sum(found.comments_by_stance.values()) >= LARGE:
        _kept[key] = (monotonic(), found)
    return found


_kept: dict[tuple[str, int], tuple[float, Figures]] = {}


def supports_by_topic(edition: Edition) -> list[tuple[str, int]]:
    """Where each person has one vote on an idea; points are something else."""
    total = func.coalesce(func.sum(Idea.support_count), 0)
    rows = db.session.execute(
        select(Topic.title, total)
        .select_from(Idea)
        .join(Call, Call.id == Idea.call_id)
        .outerjoin(Topic, Topic.id == Idea.topic_id)
        .where(*of_edition(edition), Call.support_mode != "points")
        .group_by(Topic.id, Topic.title, Topic.position)
        .order_by(Topic.position.is_(None), Topic.position, Topic.title)
    )
    return [(title or "", int(number)) for title, number in rows]


def supports_by_call(edition: Edition) -> list[tuple[Call, int]]:
    total = select(func.coalesce(func.sum(Idea.support_count), 0))
    of_call = total.where(Idea.call_id == Call.id, Idea.state == "published").scalar_subquery()
    rows = db.session.execute(select(Call, of_call).where(Call.edition_id == edition.id).order_by(Call.id))
    return [(call, int(number)) for call, number in rows]


@dataclass(frozen=True)
class Promises:
    """Ideas in calls that say by when the city answers."""

    in_time: int
    late: int
    still_time: int

    @property
    def share(self) -> float | None:
        """Of those whose time is over or that were answered, in percent."""
        due = self.in_time + self.late
        return 100 * self.in_time / due if due else None


def promises_of(edition: Edition) -> Promises:
    answered, until = Idea.answered_at, Call.answer_until
    kept = answered <= until
    broken = or_(answered > until, and_(answered.is_(None), until <= now()))
    counts = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in (kept, broken)]
    row = db.session.execute(
        select(*counts, func.count(Idea.id))
        .join(Call, Call.id == Idea.call_id)
        .where(*of_edition(edition), until.is_not(None))
    ).one()
    in_time, late, together = map(int, row)
    return Promises(in_time, late, together - in_time - late)


@dataclass(frozen=True)
class Programme:
    """Events that take place, and how many people have a place at them."""

    events_by_day: dict[date, int]
    events_by_format: list[tuple[str, int]]
    people_by_format: list[tuple[str, int]]

    @property
    def events(self) -> int:
        return sum(self.events_by_day.values())

    @property
    def people(self) -> int:
        return sum(number for _format, number in self.people_by_format)


def programme_of(edition: Edition) -> Programme:
    held = select(Event.starts_at, Event.format, Event.sign_up, Event.registered_count)
    days: Counter[date] = Counter()
    formats: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for starts_at, kind, sign_up, registered in db.session.execute(
        held.where(Event.edition_id == edition.id, Event.state == "published")
    ):
        days[in_city_time(starts_at).date()] += 1
        formats[kind] += 1
        if sign_up == "here":
            people[kind] += registered
    return Programme(days, sorted(formats.items(), key=_largest), sorted(people.items(), key=_largest))


def _largest(row: tuple[str, int]) -> tuple[int, str]:
    return -row[1], row[0]


def _held_hackathons(edition: Edition) -> tuple[Any, ...]:
    return (
        Hackathon.edition_id == edition.id, Hackathon.published_at.is_not(None), Hackathon.rehearsal_of_id.is_(None),
    )  # fmt: skip


def teams_by_hackathon(edition: Edition) -> list[tuple[str, int]]:
    there = and_(Team.hackathon_id == Hackathon.id, Team.dissolved_at.is_(None))
    rows = db.session.execute(
        select(Hackathon.title, func.count(Team.id))
        .select_from(Hackathon)
        .outerjoin(Team, there)
        .where(*_held_hackathons(edition))
        .group_by(Hackathon.id, Hackathon.title)
        .order_by(Hackathon.id)
    )
    return [(title, number) for title, number in rows]


def hand_ins_by_hours(edition: Edition) -> list[tuple[int | None, int]]:
    """How many hours before the deadline prototypes were handed in, every version, where the deadline is over.

    By the lower end of each span of hours, the earliest first; None: later, with a permit.
    """
    rows = db.session.execute(
        select(HandIn.handed_in_at, Hackathon.submission_until)
        .join(Prototype, Prototype.id == HandIn.prototype_id)
        .join(Hackathon, Hackathon.id == Prototype.hackathon_id)
        .where(*_held_hackathons(edition), Hackathon.submission_until <= now())
    )
    found: Counter[int | None] = Counter(_span(until - at) for at, until in rows if until)
    spans: list[int | None] = [*reversed((0, *HOURS)), None]
    return [(span, found[span]) for span in spans if found[span] or span is not None] if found else []


def _span(before: timedelta) -> int | None:
    if before < timedelta():
        return None
    return max(hours for hours in (0, *HOURS) if before >= timedelta(hours=hours))
