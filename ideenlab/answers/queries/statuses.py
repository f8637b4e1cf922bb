from sqlalchemy import or_, select

from ideenlab.answers.models import Answer
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.ideas.models import Idea, Status


def statuses() -> list[Status]:
    """In the order in which an idea usually goes through them."""
    return list(db.session.scalars(select(Status).order_by(Status.position, Status.id)))


def find_status(status_id: int) -> Status | None:
    return find(Status, status_id)


def get_status(status_id: int) -> Status:
    status = find_status(status_id)
    if status is None:
        raise NotFound
    return status


def is_status_used(status: Status) -> bool:
    """An idea has it, or an answer gives or gave it."""
    answers = select(Answer.id).where(or_(Answer.status_id == status.id, Answer.status_before_id == status.id))
    ideas = select(Idea.id).where(Idea.status_id == status.id)
    return any(db.session.scalar(found.limit(1)) is not None for found in (ideas, answers))
