from collections.abc import Sequence

from sqlalchemy import func, select

from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.privacy.models import Objection

MOST_SHOWN = 200


def get_objection(number: int) -> Objection:
    objection = find(Objection, number)
    if objection is None:
        raise NotFound
    return objection


def objections() -> Sequence[Objection]:
    """Open ones first, what is due soonest at the top; then the answered ones, the latest first."""
    order = (Objection.state != "open", Objection.answered_at.desc(), Objection.due_at, Objection.id)
    return db.session.scalars(select(Objection).order_by(*order).limit(MOST_SHOWN)).all()


def overdue_objections() -> int:
    late = select(func.count()).where(Objection.state == "open", Objection.due_at < now())
    return db.session.scalar(late) or 0
