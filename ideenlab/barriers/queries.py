from sqlalchemy import func, select

from ideenlab.barriers.models import Barrier
from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.security import hash_secret

PURPOSE = "barrier"
MOST = 200


def get_barrier(barrier_id: int) -> Barrier:
    barrier = find(Barrier, barrier_id)
    if barrier is None:
        raise NotFound
    return barrier


def find_by_code(code: str) -> Barrier | None:
    """By the ticket that who reported it has; only its hash is kept."""
    return db.session.scalar(select(Barrier).where(Barrier.code_hash == hash_secret(code, purpose=PURPOSE)))


def barriers() -> list[Barrier]:
    """Open ones first, what is due soonest at the top; then what was answered, the latest first."""
    opened = select(Barrier).where(Barrier.state == "open").order_by(Barrier.due_at, Barrier.id).limit(MOST)
    answered = select(Barrier).where(Barrier.state == "answered")
    answered = answered.order_by(Barrier.answered_at.desc(), Barrier.id.desc()).limit(MOST)
    return [*db.session.scalars(opened), *db.session.scalars(answered)]


def open_barriers() -> tuple[int, int]:
    """How many wait for an answer, and how many of them too long."""
    late = func.count().filter(Barrier.due_at < now())
    row = db.session.execute(select(func.count(), late).where(Barrier.state == "open")).one()
    return int(row[0]), int(row[1])
