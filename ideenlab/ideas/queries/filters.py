"""Which ideas of a call a list shows: every filter by itself, and any of them together."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from functools import cache
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, bindparam, func, select, union_all
from sqlalchemy import text as plain

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.ideas.maths import SORTED_WHOLE
from ideenlab.ideas.models import ANSWERED, CERTAIN, DIVIDING, Call, CoAuthor, Idea, IdeaTag
from ideenlab.notifications.models import Follow

COUNT_KEPT = 60.0  # seconds that a large number of ideas may be old
MOST_KEPT = 1_000  # such numbers
MANY = 1_000  # ideas that a removed filter would bring back; more are not counted

# Statements are written on tables, not on mapped classes, and the common ones are put together once:
# making the statement cost more than running it.
ideas, co_authors, idea_tags, follows = (model.__table__.c for model in (Idea, CoAuthor, IdeaTag, Follow))


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to: keys of rows; `mine` and `followed` hold the key of the person who asks.

    `among` names ideas of the call that are on the list, where somebody has looked them up already.
    """

    topic: int | None = None
    district: int | None = None
    status: int | None = None
    tag: int | None = None
    origin: str | None = None
    answered: bool | None = None
    mine: int | None = None
    followed: int | None = None
    among: tuple[int, ...] | None = None

    def names(self) -> tuple[str, ...]:
        """The filters that are set, always in the same order."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) is not None)

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.names() if name != "answered"}

    def without(self, name: str) -> "Wanted":
        return replace(self, **{name: None})


EVERYTHING = Wanted()
# What an order leaves out, written as in its index: a database cannot know that of a value given later
ONLY = {"answered": ANSWERED, "certainty": CERTAIN, "controversy": DIVIDING}


def _written_by(person: Any) -> ColumnElement[bool]:
    """As one list of numbers: of two ways that an `or` leaves, PostgreSQL takes neither."""
    own = Idea.__table__.alias().c
    along = select(co_authors.idea_id).where(co_authors.person_id == person, co_authors.state == "accepted")
    return ideas.id.in_(union_all(select(own.id).where(own.author_id == person), along))


CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "topic": lambda value: ideas.topic_id == value,
    "district": lambda value: ideas.district_id == value,
    "status": lambda value: ideas.status_id == value,
    "tag": lambda value: ideas.id.in_(select(idea_tags.idea_id).where(idea_tags.tag_id == value)),
    "origin": lambda value: ideas.origin == value,
    "answered": lambda _value: ideas.answered_at.is_not(None),
    "mine": _written_by,
    "followed": lambda value: ideas.id.in_(
        select(follows.thing_id).where(follows.person_id == value, follows.thing == Idea.__tablename__)
    ),
}


def listed_here(names: tuple[str, ...], order: str = "") -> list[ColumnElement[bool]]:
    """The conditions of a list, with the call and the filters' values given when the statement runs."""
    found: list[ColumnElement[bool]]
    if "among" in names:
        found = [ideas.id.in_(bindparam("among", expanding=True, literal_execute=True))]
    else:
        found = [ideas.call_id == bindparam("call_id"), ideas.state == "published"]
        found += [CONDITIONS[name](bindparam(name)) for name in names]
    if order in ONLY:
        found.append(plain("ideas." + ONLY[order]))  # type: ignore[arg-type]
    return found


def given(call: Call, wanted: Wanted) -> dict[str, Any]:
    return {"call_id": call.id, **wanted.values()}


def listed_among(numbers: Collection[int], call: Call, wanted: Wanted) -> set[int]:
    """Those of these ideas that are on the list."""
    values = {"numbers": sorted(numbers), **given(call, wanted)}
    return set(connection().scalars(_among_statement(wanted.names()), values))


@cache
def _among_statement(names: tuple[str, ...]) -> Any:
    return select(ideas.id).where(ideas.id.in_(bindparam("numbers", expanding=True)), *listed_here(names))


def connection() -> Connection:
    return db.session.connection()


def count_ideas(call: Call, wanted: Wanted = EVERYTHING, *, order: str = "") -> int:
    """How many ideas are listed. Above 5,000 the number may be a minute old: counting takes longer than the page."""
    order = order if order in ONLY else ""
    key = (str(db.engine.url), call.id, order, wanted)
    counted_at, kept = _counted.get(key, (0.0, 0))
    if kept and monotonic() - counted_at < COUNT_KEPT:
        return kept
    number = _count(call, wanted, order, SORTED_WHOLE + 1)
    if number <= SORTED_WHOLE:
        return number
    if len(_counted) >= MOST_KEPT:
        _counted.clear()
    number = _count(call, wanted, order, LARGEST_ID)
    _counted[key] = (monotonic(), number)
    return number


_counted: dict[tuple[str, int, str, Wanted], tuple[float, int]] = {}


def _count(call: Call, wanted: Wanted, order: str, most: int) -> int:
    number = connection().scalar(_count_statement(wanted.names(), order), {**given(call, wanted), "most": most})
    return int(number or 0)


@cache
def _count_statement(names: tuple[str, ...], order: str) -> Any:
    some = select(ideas.id).where(*listed_here(names, order)).limit(bindparam("most", type_=Integer)).subquery()
    return select(func.count()).select_from(some)


def count_without_each(call: Call, wanted: Wanted, *, order: str = "") -> dict[str, int]:
    """For an empty list: how many ideas (at most 1,000) there are without each single filter, in one statement."""
    names = wanted.names()
    if not names:
        return {}
    row = connection().execute(_without_each_statement(names, order), given(call, wanted)).one()
    return dict(zip(names, row, strict=True))


@cache
def _without_each_statement(names: tuple[str, ...], order: str) -> Any:
    counts = []
    for name in names:
        others = tuple(other for other in names if other != name)
        some = select(ideas.id).where(*listed_here(others, order)).limit(MANY).subquery()
        counts.append(select(func.count()).select_from(some).scalar_subquery())
    return select(*counts)
