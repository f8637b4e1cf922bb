"""The list of a call's ideas: as plain rows, because it is the page that is opened most."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.ideas.models import Call, Idea
from ideenlab.programme.models import Topic


class IdeaCard(NamedTuple):
    """What a card shows of an idea."""

    id: int
    title: str
    excerpt: str
    topic_title: str | None
    label: str
    support_count: int
    comment_count: int
    published_at: datetime
    state: str
    author: str | None


def list_ideas(
    call: Call, *, order: str = "newest", topic: Topic | None = None, text: str = "", cursor: str | None = None,
    seed: int | None = None,
) -> Page[IdeaCard]:  # fmt: skip
    """One page of the published ideas of a call."""
    cards = (
        select(
            Idea.id, Idea.title, Idea.excerpt, Topic.title, Idea.label, Idea.support_count, Idea.comment_count,
            Idea.published_at, Idea.state, Person.pseudonym,
        )
        .outerjoin(Topic, Topic.id == Idea.topic_id)
        .outerjoin(Person, Person.id == Idea.author_id)
        .where(*_shown(call, topic))
        .order_by(Idea.published_at.desc(), Idea.id.desc())
        .limit(PAGE + 1)
    )  # fmt: skip
    after = read_cursor(cursor, str, int)
    if after:
        moment = datetime.fromisoformat(str(after[0]))
        cards = cards.where(
            or_(Idea.published_at < moment, and_(Idea.published_at == moment, Idea.id < after[1]))
        )  # fmt: skip
    rows = [IdeaCard._make(row) for row in db.session.execute(cards)]
    if len(rows) <= PAGE:
        return Page(rows)
    last = rows[PAGE - 1]
    return Page(rows[:PAGE], write_cursor(last.published_at.isoformat(), last.id))


def count_ideas(call: Call, topic: Topic | None = None) -> int:
    return db.session.scalar(select(func.count()).select_from(Idea).where(*_shown(call, topic))) or 0


def _shown(call: Call, topic: Topic | None) -> list[ColumnElement[bool]]:
    wanted = [Idea.call_id == call.id, Idea.state == "published"]
    return wanted if topic is None else [*wanted, Idea.topic_id == topic.id]
