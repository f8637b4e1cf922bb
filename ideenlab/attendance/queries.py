from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from ideenlab.attendance.models import HOLDING, Places
from ideenlab.core.db import db


def waiting_rows(places: Places, holder: Any) -> Sequence[Any]:
    """The waiting list, who came first stands first."""
    row = places.row
    chosen = select(row).where(places.holder_id == holder.id, row.state == "waiting")
    return db.session.scalars(chosen.order_by(row.created_at, row.id)).all()


def place_in_queue(places: Places, waiting: Any) -> int:
    """1 is next."""
    row = places.row
    earlier = or_(row.created_at < waiting.created_at, and_(row.created_at == waiting.created_at, row.id < waiting.id))
    ahead = select(func.count()).where(places.holder_id == getattr(waiting, f"{places.holder_name}_id"))
    return (db.session.scalar(ahead.where(row.state == "waiting", earlier)) or 0) + 1


def is_anybody_waiting(places: Places, holder: Any) -> bool:
    chosen = select(places.row.id).where(places.holder_id == holder.id, places.row.state == "waiting")
    return db.session.scalar(chosen.limit(1)) is not None


def count_by_state(places: Places, holder: Any) -> dict[str, int]:
    chosen = select(places.row.state, func.count()).where(places.holder_id == holder.id).group_by(places.row.state)
    return {state: number for state, number in db.session.execute(chosen)}


def lapsed_rows(places: Places, holder: Any, now: datetime) -> Sequence[Any]:
    """Offers that nobody took in time."""
    row = places.row
    chosen = select(row).where(places.holder_id == holder.id, row.state == "offered", row.offered_until <= now)
    return db.session.scalars(chosen.order_by(row.created_at, row.id)).all()


def find_by_ticket(places: Places, holder: Any, code: str) -> Any | None:
    """The row behind the code of a ticket, however it was typed."""
    plain = plain_code(code)
    if not plain:
        return None
    return db.session.scalar(select(places.row).where(places.holder_id == holder.id, places.row.ticket_code == plain))


def plain_code(typed: str) -> str:
    """A code as it is stored. A scanned ticket is an address whose last part is the code."""
    last = typed.strip().rpartition("/")[2].rpartition("=")[2]
    return "".join(sign for sign in last.upper() if sign.isascii() and sign.isalnum())[:16]


def ids_with_work(places: Places, now: datetime) -> list[int]:
    """The holders where an offer has lapsed, or somebody waits although a place is free."""
    row, holder = places.row, places.holder
    lapsed = and_(row.state == "offered", row.offered_until <= now)
    free = and_(row.state == "waiting", holder.registered_count < holder.places, holder.ends_at > now)
    chosen = select(holder.id).join(row, places.holder_id == holder.id).where(or_(lapsed, free)).distinct()
    return list(db.session.scalars(chosen.order_by(holder.id)))


def count_holding(places: Places, holder: Any) -> int:
    chosen = select(func.count()).where(places.holder_id == holder.id, places.row.state.in_(HOLDING))
    return db.session.scalar(chosen) or 0
