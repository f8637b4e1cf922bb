"""What is new, the latest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.answers.models import Answer
from ideenlab.core.db import db
from ideenlab.events.models import Event
from ideenlab.events.queries import SHOWN
from ideenlab.ideas.models import Call, Idea
from ideenlab.opendata.queries.ideas import ROWS, IdeaRow

MOST = 50


def new_ideas(call: Call | None = None) -> list[IdeaRow]:
    """Of one call, or of all."""
    chosen = ROWS.where(Idea.state == "published")
    if call:
        chosen = chosen.where(Idea.call_id == call.id)
    found = db.session.execute(chosen.order_by(Idea.published_at.desc(), Idea.id.desc()).limit(MOST))
    return [IdeaRow(*row) for row in found]


class NewAnswer(NamedTuple):
    id: int
    idea_id: int
    title: str
    text: str
    published_at: datetime
    corrected_at: datetime | None


def new_answers() -> list[NewAnswer]:
    """Of the city, to ideas that everybody can read."""
    said = select(Answer.id, Answer.idea_id, Idea.title, Answer.text, Answer.published_at, Answer.corrected_at)
    said = said.join(Idea, Idea.id == Answer.idea_id)
    said = said.where(Answer.state == "published", Idea.state.in_(("published", "merged")))
    newest: Any = said.order_by(Answer.published_at.desc(), Answer.id.desc()).limit(MOST)
    return [NewAnswer(*row) for row in db.session.execute(newest)]


def new_events() -> Sequence[Event]:
    """As they were published or changed."""
    chosen = select(Event).where(Event.state.in_(SHOWN)).options(joinedload(Event.venue))
    return db.session.scalars(chosen.order_by(Event.published_at.desc(), Event.id.desc()).limit(MOST)).all()
