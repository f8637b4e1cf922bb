"""How often ideas were shown. No right is asked for: nobody acts, and nothing is known of who looked."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ideenlab.core.db import db, dialect_name
from ideenlab.ideas.models import Idea, IdeaAppearance

Shown = tuple[date, tuple[int, ...]]  # a day, and the ideas that stood on a page together


def store_appearances(pages: Mapping[Shown, int]) -> None:
    """Add what was collected. Two processes do it in the same order, so none waits for the other in a circle."""
    times: Counter[tuple[int, date]] = Counter()
    for (day, ideas), number in pages.items():
        for idea in ideas:
            times[idea, day] += number
    here = set(db.session.scalars(select(Idea.id).where(Idea.id.in_({idea for idea, _day in times}))))
    rows = [
        {"idea_id": idea, "day": day, "times": number} for (idea, day), number in sorted(times.items()) if idea in here
    ]
    if not rows:
        return
    insert = (sqlite if dialect_name() == "sqlite" else postgresql).insert(IdeaAppearance)
    more = {"times": IdeaAppearance.times + insert.excluded.times}
    db.session.execute(insert.on_conflict_do_update(index_elements=["idea_id", "day"], set_=more), rows)
