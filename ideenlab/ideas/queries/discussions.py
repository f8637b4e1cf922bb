from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.core.db import db
from ideenlab.ideas.models import Idea


def commented_between(begin: datetime, end: datetime) -> list[tuple[Idea, int, list[Person]]]:
    """Published ideas with new comments in this time, how many, and who wrote them if it was one person."""
    first, last = func.min(Comment.author_id), func.max(Comment.author_id)
    written = (
        select(Comment.thread_id, func.count(), first, last)
        .where(Comment.created_at >= begin, Comment.created_at < end, Comment.state == "visible")
        .group_by(Comment.thread_id)
    )
    rows = db.session.execute(written).all()
    found = {thread: (number, one if one == other else None) for thread, number, one, other in rows}
    chosen = select(Idea).where(Idea.thread_id.in_(found), Idea.state == "published").options(joinedload(Idea.author))
    ideas = db.session.scalars(chosen.order_by(Idea.id)).all()
    writers = select(Person).where(Person.id.in_({one for _number, one in found.values() if one}))
    names = {person.id: person for person in db.session.scalars(writers)}
    return [(idea, found[idea.thread_id][0], _alone(names, found[idea.thread_id][1])) for idea in ideas]


def _alone(names: dict[int, Person], number: int | None) -> list[Person]:
    return [names[number]] if number in names else []
