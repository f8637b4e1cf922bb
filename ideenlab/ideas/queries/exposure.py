"""How evenly the ideas of a call were seen on the first page of the random order."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select

from ideenlab.core.db import db
from ideenlab.core.i18n import city_zone
from ideenlab.ideas.maths import SORTED_WHOLE
from ideenlab.ideas.models import Call, Idea, IdeaAppearance
from ideenlab.programme.queries import today

KEPT = 60.0  # seconds that the figures of a large call may be old


@dataclass(frozen=True)
class Exposure:
    """How many ideas appeared how often, of those that were there all the days."""

    first: date
    last: date
    seen: dict[int, int]

    @property
    def ideas(self) -> int:
        return sum(self.seen.values())

    @property
    def appearances(self) -> int:
        return sum(times * ideas for times, ideas in self.seen.items())


def exposure_of(call: Call, days: int) -> Exposure:
    """Of the last days with today. An idea that came later had fewer chances, so it is left out."""
    last = today()
    key = (str(db.engine.url), call.id, days)
    counted_at, kept = _kept.get(key, (0.0, None))
    if kept and kept.last == last and monotonic() - counted_at < KEPT:
        return kept
    first = last - timedelta(days=days - 1)
    found = Exposure(first, last, _seen(call, first, last))
    if found.ideas > SORTED_WHOLE:
        _kept[key] = (monotonic(), found)
    return found


_kept: dict[tuple[str, int, int], tuple[float, Exposure]] = {}


def _seen(call: Call, first: date, last: date) -> dict[int, int]:
    begin = datetime.combine(first, time(), ZoneInfo(city_zone()))
    of_idea = and_(IdeaAppearance.idea_id == Idea.id, IdeaAppearance.day.between(first, last))
    each = (
        select(func.coalesce(func.sum(IdeaAppearance.times), 0).label("times"))
        .select_from(Idea)
        .outerjoin(IdeaAppearance, of_idea)
        .where(Idea.call_id == call.id, Idea.state == "published", Idea.published_at < begin)
        .group_by(Idea.id)
        .subquery()
    )
    rows = db.session.execute(select(each.c.times, func.count()).group_by(each.c.times))
    return {int(times): ideas for times, ideas in rows}
