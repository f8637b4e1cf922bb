"""What came of a call, in numbers. The number of statements does not depend on the number of ideas."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import func, select

from ideenlab.city.models import District
from ideenlab.comments.models import Comment
from ideenlab.core.db import db
from ideenlab.core.i18n import in_city_time
from ideenlab.ideas.models import Call, Idea, Status
from ideenlab.programme.models import Topic

Counts = list[tuple[str, int]]


@dataclass(frozen=True)
class Figures:
    """An empty name stands for "none"."""

    ideas: int
    answered: int
    supports: int
    against: int
    unsure: int
    days_to_answer: float | None  # the median
    by_day: list[tuple[date, int]]  # days with ideas, the earliest first
    by_topic: Counts
    by_district: Counts
    by_status: Counts
    by_origin: Counts
    comments_by_stance: dict[str, int]


def figures_of(call: Call) -> Figures:
    return figures_among((Idea.call_id == call.id, Idea.state == "published"))


def figures_among(shown: tuple[Any, ...]) -> Figures:
    """Of the ideas for which these conditions hold."""
    sums = (func.coalesce(func.sum(Idea.support_count), 0), func.coalesce(func.sum(Idea.against_count), 0),
            func.coalesce(func.sum(Idea.unsure_count), 0))  # fmt: skip
    supports, against, unsure = db.session.execute(select(*sums).where(*shown)).one()
    days, waits, ideas = _times(shown)
    return Figures(
        ideas=ideas, answered=len(waits), supports=int(supports), against=int(against), unsure=int(unsure),
        days_to_answer=median(waits) if waits else None, by_day=days,
        by_topic=_counted(shown, Topic.title, Idea.topic_id == Topic.id, Topic, Topic.position),
        by_district=_counted(shown, District.title, Idea.district_id == District.id, District, District.position),
        by_status=_counted(shown, Status.title, Idea.status_id == Status.id, Status, Status.position),
        by_origin=_origins(shown), comments_by_stance=_stances(shown),
    )  # fmt: skip


def _times(shown: tuple[Any, ...]) -> tuple[list[tuple[date, int]], list[float], int]:
    """Ideas by the day they were published in the city, and how many days each answer took."""
    days: Counter[date] = Counter()
    waits: list[float] = []
    number = 0
    rows = db.session.execute(
        select(Idea.published_at, Idea.answered_at).where(*shown).execution_options(yield_per=5000)
    )
    for published_at, answered_at in rows:
        number += 1
        if published_at:
            days[in_city_time(published_at).date()] += 1
            if answered_at:
                waits.append(max(0.0, (answered_at - published_at).total_seconds() / 86_400))
    return sorted(days.items()), waits, number


def _counted(shown: tuple[Any, ...], title: Any, joined: Any, model: Any, position: Any) -> Counts:
    """Ideas by what they belong to, in its own order; those without come last under an empty name."""
    number = func.count(Idea.id)
    grouped = select(title, number).select_from(Idea).outerjoin(model, joined).where(*shown)
    grouped = grouped.group_by(model.id, title, position).order_by(position.is_(None), position, title)
    return [(name or "", count) for name, count in db.session.execute(grouped)]


def _origins(shown: tuple[Any, ...]) -> Counts:
    grouped = select(Idea.origin, func.count(Idea.id)).where(*shown).group_by(Idea.origin)
    rows = [(origin, number) for origin, number in db.session.execute(grouped)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _stances(shown: tuple[Any, ...]) -> dict[str, int]:
    grouped = (
        select(Comment.stance, func.count(Comment.id))
        .join(Idea, Idea.thread_id == Comment.thread_id)
        .where(*shown, Comment.state == "visible")
        .group_by(Comment.stance)
    )
    return {"pro": 0, "contra": 0, "neutral": 0} | {stance: number for stance, number in db.session.execute(grouped)}
