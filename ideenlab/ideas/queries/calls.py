from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.phases import is_open, window
from ideenlab.ideas.models import PHASES, Call
from ideenlab.programme.models import Edition

_OF_SLUG = select(Call).where(Call.slug == bindparam("slug"))
_EVERY = select(Call).options(joinedload(Call.edition)).order_by(Call.id)


def find_call(slug: str) -> Call | None:
    return db.session.scalar(_OF_SLUG, {"slug": slug})


def find_call_by_id(call_id: int) -> Call | None:
    return find(Call, call_id)


def get_call(slug: str) -> Call:
    call = find_call(slug)
    if call is None:
        raise NotFound
    return call


def call_stage(call: Call, at: datetime) -> str:
    """`open` while ideas, comments or supports are taken, `coming` before that, then `over`."""
    taking = PHASES[:3]
    if any(is_open(call, phase, at) for phase in taking):
        return "open"
    begins = [begin for phase in taking if (begin := window(call, phase)[0])]
    return "coming" if not begins or any(begin > at for begin in begins) else "over"


def calls() -> list[Call]:
    """Open ones first, the one that ends soonest on top; then those to come; then the finished, latest first."""
    at = now()
    every = db.session.scalars(_EVERY).all()
    return sorted(every, key=lambda call: _place(call, at))


def calls_in(edition: Edition) -> list[Call]:
    """The calls of one week, in the order of `calls()`."""
    at = now()
    found = db.session.scalars(select(Call).where(Call.edition_id == edition.id).order_by(Call.id))
    return sorted(found, key=lambda call: _place(call, at))


def _place(call: Call, at: datetime) -> tuple[int, float]:
    stage = call_stage(call, at)
    windows = [window(call, phase) for phase in PHASES[:3]]
    begins = [begin.timestamp() for begin, _end in windows if begin]
    ends = [end.timestamp() for _begin, end in windows if end]
    if stage == "open":
        return 0, min((end for end in ends if end > at.timestamp()), default=float("inf"))
    if stage == "coming":
        return 1, min((begin for begin in begins if begin > at.timestamp()), default=float("inf"))
    return 2, -max(ends, default=0)
