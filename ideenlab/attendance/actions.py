"""Places are given under a lock of what holds them, one after the other. The counter changes with the rows it counts.

Nothing here asks who acts and nobody is told: the floors above do both.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import HOLDING, Places
from ideenlab.attendance.queries import is_anybody_waiting, lapsed_rows, waiting_rows
from ideenlab.attendance.rules import may_accept_offer, may_check_in, offer_ends_at
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like another sign
TICKET_LENGTH = 10


def lock_places(holder: Any) -> None:
    """Nobody else gives or takes places of this holder before the transaction ends. Its numbers are fresh then."""
    db.session.flush()
    only_itself = {"key_share": True, "of": type(holder)}  # what was read along with it is not locked
    db.session.refresh(holder, with_for_update=only_itself)


def enter(places: Places, row: Any, *, asks_first: bool = False) -> str:
    """Give a row that is new, or was cancelled, its state: a place where one is free and nobody waits for it.

    Call `lock_places` first. Gives the state: `registered`, `waiting`, or `requested` where somebody decides first.
    """
    holder = places.holder_of(row)
    row.created_at, row.offered_until, row.no_show_at = now(), None, None
    if asks_first:
        row.state = "requested"
    elif holder.registered_count < holder.places and not is_anybody_waiting(places, holder):
        _count(places, holder, 1)
        row.state, row.ticket_code = "registered", row.ticket_code or new_ticket_code()
    else:
        row.state = "waiting"
    db.session.flush()
    state: str = row.state
    return state


def enter_together(places: Places, holder: Any, rows: Sequence[Any]) -> None:
    """All get a place, or Conflict and none."""
    lock_places(holder)
    free = holder.places - holder.registered_count
    if free < len(rows):
        raise Conflict(
            _("There are only %(free)s free places, but %(count)s are needed.", free=max(free, 0), count=len(rows))
        )
    for row in rows:
        change_state(places, row, to="registered")


def give_up(places: Places, row: Any, **values: Any) -> None:
    """The place, the offer or the place in the queue is given back."""
    change_state(places, row, to="cancelled", offered_until=None, **values)


def offer_free_places(places: Places, holder: Any) -> list[Any]:
    """Offer every free place to who waits longest. Gives the rows that have an offer now."""
    lock_places(holder)
    at, offered = now(), []
    if at >= holder.ends_at:
        return []
    for row in waiting_rows(places, holder):
        if holder.registered_count >= holder.places:
            break
        change_state(places, row, to="offered", offered_until=offer_ends_at(holder, at))
        offered.append(row)
    return offered


def offer_place(places: Places, row: Any) -> None:
    """Out of turn, by an organiser's hand."""
    holder = places.holder_of(row)
    lock_places(holder)
    if holder.registered_count >= holder.places:
        raise Conflict(_("All %(places)s places are taken.", places=holder.places))
    change_state(places, row, to="offered", offered_until=offer_ends_at(holder, now()))


def lapse_offers(places: Places, holder: Any) -> list[Any]:
    """Offers that nobody took in time are over. Gives those who had them."""
    lock_places(holder)
    lapsed = list(lapsed_rows(places, holder, now()))
    for row in lapsed:
        change_state(places, row, to="cancelled", offered_until=None)
    return lapsed


def accept_offer(places: Places, row: Any) -> None:
    lock_places(places.holder_of(row))
    db.session.refresh(row, ["state", "offered_until"])
    require(may_accept_offer(row, now()))
    change_state(places, row, to="registered", offered_until=None)


def change_state(places: Places, row: Any, *, to: str, **values: Any) -> None:
    """From the state the row was read in; Conflict when it has another one by now. Call `lock_places` first."""
    before, cls = row.state, places.row
    unchanged = [cls.id == row.id, cls.state == before]
    if to != "registered" and places.bound is not None:
        unchanged.append(~places.bound)
    if to == "registered" and not row.ticket_code:
        values["ticket_code"] = new_ticket_code()
    changed = db.session.execute(
        update(cls).where(*unchanged).values(state=to, **values).execution_options(synchronize_session="fetch")
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("In another window you have just joined a team or cancelled your registration."))
    _count(places, places.holder_of(row), (to in HOLDING) - (before in HOLDING))


def check_in(places: Places, row: Any, *, by: Person | None, at: datetime | None = None) -> bool:
    """Somebody is here. False when they were here before: the first time stays."""
    require(may_check_in(row))
    cls = places.row
    noted = db.session.execute(
        update(cls)
        .where(cls.id == row.id, cls.state == "registered", cls.checked_in_at.is_(None))
        .values(checked_in_at=at or now(), checked_in_by_id=by.id if by else None, no_show_at=None)
        .execution_options(synchronize_session="fetch")
    )
    if not noted.rowcount:  # type: ignore[attr-defined]
        db.session.refresh(row, ["state", "checked_in_at"])
        require(may_check_in(row))
        return False
    return True


def undo_check_in(row: Any) -> None:
    row.checked_in_at, row.checked_in_by_id = None, None
    db.session.flush()


def mark_no_show(row: Any, *, absent: bool) -> None:
    row.no_show_at = now() if absent else None
    db.session.flush()


def new_ticket_code() -> str:
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(TICKET_LENGTH))


def _count(places: Places, holder: Any, change: int) -> None:
    """Change the number of taken places within 0 … places, as the database has them."""
    if not change:
        return
    cls = places.holder
    count = cls.registered_count + change
    counted = db.session.execute(
        update(cls)
        .where(cls.id == holder.id, count >= 0, count <= cls.places)
        .values(registered_count=count)
        .execution_options(synchronize_session=False)
    )
    if not counted.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody has just taken the last place."))
    db.session.refresh(holder, ["registered_count"])
