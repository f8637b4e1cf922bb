"""The worker reads what is due: first the network, outside of any transaction, then one short transaction."""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import DataError, IntegrityError

from ideenlab.config import Settings
from ideenlab.core.clock import now
from ideenlab.core.db import begin_reading, db, transaction
from ideenlab.core.outgoing import Budget, Outside, fetch_json
from ideenlab.exchange.actions.indexing import forget, make_findable
from ideenlab.exchange.actions.noting import note_listing
from ideenlab.exchange.maths import Found, first_address, read_page
from ideenlab.exchange.models import ForeignIdea, Source
from ideenlab.exchange.queries import any_source_due, is_due

log = logging.getLogger("ideenlab.exchange")

LEASE = timedelta(minutes=5)
AGAIN = timedelta(hours=6)
PAUSES = [
    timedelta(minutes=minutes) for minutes in (15, 60, 240, 1440)
]  # after failures in a row; then always the last
MOST_BYTES, MOST_PAGES, MOST_IDEAS = 5_000_000, 20, 2_000
MOST_SECONDS = 60.0


@dataclass(frozen=True)
class Claimed:
    number: int
    base_url: str


def read_sources(
    settings: Settings, *, seconds: float = MOST_SECONDS, stopped: Callable[[], bool] = lambda: False
) -> dict[str, int]:
    """Read every city whose time has come, one after the other. Gives how many were read and how many failed."""
    numbers = {"read": 0, "failed": 0}
    while not stopped() and _anything_due():
        claimed = _claim()
        if claimed is None:
            break
        numbers["read" if _read_one(claimed, settings, seconds) else "failed"] += 1
    return numbers


def _anything_due() -> bool:
    begin_reading()
    return any_source_due(now())


def _claim() -> Claimed | None:
    moment = now()
    next_one = select(Source.id).where(*is_due(moment)).order_by(Source.due_at, Source.id).limit(1)
    taken = (
        update(Source)
        .where(Source.id == next_one.with_for_update(skip_locked=True).scalar_subquery(), *is_due(moment))
        .values(claimed_until=moment + LEASE)
        .returning(Source.id, Source.base_url)
        .execution_options(synchronize_session=False)
    )
    with transaction():
        row = db.session.execute(taken).first()
    return Claimed(*row) if row else None


def _read_one(claimed: Claimed, settings: Settings, seconds: float) -> bool:
    begin_reading()  # nothing of the database is held while the network is waited for
    try:
        ideas, complete = _fetched(claimed.base_url, settings, seconds)
        with transaction():
            source = db.session.get(Source, claimed.number)
            if source is not None:  # else it was removed meanwhile
                _store(source, ideas, complete=complete)
    except Outside as problem:
        _put_off(claimed, problem.stored)
        return False
    except (ValueError, DataError, IntegrityError):  # nothing that one city answers keeps the others waiting
        log.exception("what %s answers cannot be kept", claimed.base_url)
        _put_off(claimed, "unkept")
        return False
    return True


def _fetched(base_url: str, settings: Settings, seconds: float) -> tuple[dict[str, Found], bool]:
    """The ideas of all pages by their number, and whether these are all of them."""
    budget = Budget(MOST_BYTES, time.monotonic() + seconds)
    ideas, address = dict[str, Found](), first_address(base_url)
    for _page in range(MOST_PAGES):
        page = read_page(
            fetch_json(address, budget=budget, local_allowed=settings.exchange_local), address=address
        )  # fmt: skip
        ideas |= {idea.external_id: idea for idea in page.ideas}
        if len(ideas) > MOST_IDEAS:
            return dict(list(ideas.items())[:MOST_IDEAS]), False
        if not page.next:
            return ideas, True
        address = page.next
    return ideas, False


def _put_off(claimed: Claimed, problem: str) -> None:
    """What is listed stays; the next try comes later after each failure."""
    with transaction():
        source = db.session.get(Source, claimed.number)
        if source is None:
            return
        source.failures += 1
        source.last_error, source.claimed_until = problem[:300], None
        source.due_at = now() + PAUSES[min(source.failures, len(PAUSES)) - 1]


def _store(source: Source, ideas: dict[str, Found], *, complete: bool) -> None:
    moment = now()
    known = {
        row.external_id: row
        for row in db.session.scalars(select(ForeignIdea).where(ForeignIdea.source_id == source.id))
    }
    changed = []
    for number, found in ideas.items():
        row = known.get(number)
        if row is None:
            row = ForeignIdea(source_id=source.id, **asdict(found))
            db.session.add(row)
            changed.append(row)
        elif (row.title, row.text) != (found.title, found.text) or row.gone_at is not None:
            changed.append(row)
        for name, value in asdict(found).items():
            setattr(row, name, value)
        row.read_at, row.gone_at = moment, None
    db.session.flush()
    if complete:
        _drop([row for number, row in known.items() if number not in ideas])
    make_findable(changed)
    source.read_at, source.last_error, source.failures, source.claimed_until = moment, "", 0, None
    source.due_at, source.idea_count = moment + AGAIN, len(ideas)
    note_listing()


def _drop(rows: list[ForeignIdea]) -> None:
    """The other city no longer shows them: nor do we. What was taken over keeps naming where it came from."""
    forget([row.id for row in rows])
    loose = [row.id for row in rows if row.taken_as_id is None]
    for row in rows:
        row.gone_at = row.gone_at or now()
    db.session.flush()
    db.session.execute(delete(ForeignIdea).where(ForeignIdea.id.in_(loose)))
