"""Who did what: the history of the whole house, filtered."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person_by_pseudonym
from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.i18n import city_zone
from ideenlab.core.paging import Page, read_cursor, write_cursor
from ideenlab.history.models import Entry

AT_ONCE, PIECE = 50, 500


@dataclass(frozen=True)
class LogFilter:
    """`actor` 0: the clock and commands; None: everybody; -1: nobody of this name."""

    actor: int | None = None
    deed: str = ""
    thing: str = ""
    thing_id: int = 0
    begins_on: date | None = None
    ends_on: date | None = None


def find_actor(typed: str) -> int | None:
    """The number of a person, from a number or a pseudonym."""
    if not typed:
        return None
    if re.fullmatch("[0-9]{1,9}", typed):
        return int(typed)
    person = find_person_by_pseudonym(typed)
    return person.id if person else -1


def names_of(numbers: Collection[int | None]) -> dict[int, str]:
    known = sorted({number for number in numbers if number})
    chosen = select(Person.id, Person.pseudonym).where(Person.id.in_(known))
    return {row.id: row.pseudonym for row in db.session.execute(chosen)} if known else {}


def deeds() -> list[str]:
    return list(db.session.scalars(select(Entry.deed).distinct().order_by(Entry.deed)))


def things() -> list[str]:
    return list(db.session.scalars(select(Entry.thing).distinct().order_by(Entry.thing)))


def _chosen(which: LogFilter) -> Any:
    chosen = select(Entry).order_by(Entry.id.desc())
    if which.actor is not None:
        chosen = chosen.where(Entry.actor_id == which.actor if which.actor else Entry.actor_id.is_(None))
    if which.deed:
        chosen = chosen.where(Entry.deed == which.deed)
    if which.thing:
        chosen = chosen.where(Entry.thing == which.thing)
    if which.thing_id:
        chosen = chosen.where(Entry.thing_id == min(which.thing_id, LARGEST_ID))
    if which.begins_on:
        chosen = chosen.where(Entry.at >= _midnight(which.begins_on))
    if which.ends_on:
        chosen = chosen.where(Entry.at < _midnight(which.ends_on + timedelta(days=1)))
    return chosen


def _midnight(day: date) -> datetime:
    """When a day begins in the city."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(city_zone()))


def entries(which: LogFilter, *, cursor: str | None) -> Page[Entry]:
    chosen = _chosen(which).limit(AT_ONCE + 1)
    if (place := read_cursor(cursor, int)) is not None:
        chosen = chosen.where(Entry.id < place[0])
    rows = list(db.session.scalars(chosen))
    return Page(rows[:AT_ONCE], write_cursor(rows[AT_ONCE - 1].id) if len(rows) > AT_ONCE else "")


def exported_entries(which: LogFilter) -> Iterator[tuple[Entry, str]]:
    """All of them with the pseudonym of who acted, some hundred at a time."""
    before: int | None = None
    while True:
        chosen = _chosen(which).limit(PIECE)
        rows = list(db.session.scalars(chosen if before is None else chosen.where(Entry.id < before)))
        names = names_of([row.actor_id for row in rows])
        yield from ((row, names.get(row.actor_id or 0, "")) for row in rows)
        if len(rows) < PIECE:
            return
        before = rows[-1].id
        db.session.expunge_all()  # so that memory stays flat
