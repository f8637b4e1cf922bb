"""The list of a call's ideas in each of its orders: as plain rows, because it is the page that is opened most.

What "more" promises: newest, random and search show every idea that was there at the first page exactly once, whatever
arrives meanwhile. Most supported does so for ideas whose number stays; one that gains supports while somebody pages
can slip to a page already shown, and one that loses a support can come again. No order by a changing number can
promise more.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from time import monotonic
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, and_, bindparam, exists, func, or_, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.core.search import find_documents
from ideenlab.ideas.maths import LOTS, SORTED_WHOLE, Shuffle, estimated_ideas, new_seed, ranges_for
from ideenlab.ideas.models import Call, Idea
from ideenlab.programme.models import Topic

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FEW_RANGES = 64
COUNT_KEPT = 60.0  # seconds that the number of a large call's ideas may be old


class IdeaCard(NamedTuple):
    """What a card shows of an idea."""

    id: int
    title: str
    excerpt: str
    topic_title: str | None
    label: str
    support_count: int
    comment_count: int
    published_at: datetime
    state: str
    author: str | None


# Statements are written on tables, not on mapped classes, and the common ones are put together once:
# making the statement cost more than running it.
ideas, topics, people = Idea.__table__.c, Topic.__table__.c, Person.__table__.c
_CARDS = (
    select(
        ideas.id, ideas.title, ideas.excerpt, topics.title, ideas.label, ideas.support_count, ideas.comment_count,
        ideas.published_at, ideas.state, people.pseudonym,
    )
    .select_from(
        Idea.__table__.outerjoin(Topic.__table__, topics.id == ideas.topic_id)
        .outerjoin(Person.__table__, people.id == ideas.author_id)
    )
)  # fmt: skip


def list_ideas(
    call: Call, *, order: str = "newest", topic: Topic | None = None, text: str = "", cursor: str | None = None,
    seed: int | None = None,
) -> Page[IdeaCard]:  # fmt: skip
    """One page of the published ideas of a call. Hits of a search come newest first, whatever the order.

    The random order needs a seed on its first page; later pages go on with the one in their cursor.
    """
    if text.strip():
        return _found(call, topic, text, cursor)
    if order == "random":
        return _shuffled(call, topic, cursor, seed)
    if order == "supported":
        return _most_supported(call, topic, cursor)
    return _newest(call, topic, cursor)


def count_ideas(call: Call, topic: Topic | None = None) -> int:
    """How many ideas are listed. Above 5,000 the number may be a minute old: counting takes longer than the page."""
    number = _count(call, topic, SORTED_WHOLE + 1)
    if number <= SORTED_WHOLE:
        return number
    key = (str(db.engine.url), call.id, topic.id if topic else 0)
    counted_at, kept = _counted.get(key, (0.0, 0))
    if kept and monotonic() - counted_at < COUNT_KEPT:
        return kept
    number = _count(call, topic, LARGEST_ID)
    _counted[key] = (monotonic(), number)
    return number


def _count(call: Call, topic: Topic | None, most: int) -> int:
    number: int = (
        _connection().scalar(_count_statement(of_topic=topic is not None), {**_given(call, topic), "most": most}) or 0
    )
    return number


@cache
def _count_statement(*, of_topic: bool) -> Any:
    some = select(ideas.id).where(*_listed_here(of_topic=of_topic)).limit(bindparam("most", type_=Integer)).subquery()
    return select(func.count()).select_from(some)


_counted: dict[tuple[str, int, int], tuple[float, int]] = {}


def position_of(published_at: datetime) -> int:
    """A moment as microseconds since 1970, for cursors and for the search."""
    return (published_at - EPOCH) // MICROSECOND


def _moment_at(position: int) -> datetime | None:
    try:
        return EPOCH + position * MICROSECOND
    except OverflowError:
        return None


def _connection() -> Connection:
    return db.session.connection()


def _listed(call: Call, topic: Topic | None) -> list[ColumnElement[bool]]:
    wanted = [Idea.call_id == call.id, Idea.state == "published"]
    return wanted if topic is None else [*wanted, Idea.topic_id == topic.id]


def _listed_here(*, of_topic: bool) -> list[ColumnElement[bool]]:
    """The same, with the call and topic given when the statement runs."""
    wanted = [ideas.call_id == bindparam("call_id"), ideas.state == "published"]
    return [*wanted, ideas.topic_id == bindparam("topic_id")] if of_topic else wanted


def _given(call: Call, topic: Topic | None) -> dict[str, Any]:
    return {"call_id": call.id} if topic is None else {"call_id": call.id, "topic_id": topic.id}


def _fetch(cards: Any, **values: Any) -> list[IdeaCard]:
    return [IdeaCard._make(row) for row in _connection().execute(cards, values)]


def _by_numbers(numbers: list[int]) -> list[IdeaCard]:
    """These ideas, in this order."""
    cards = {card.id: card for card in _fetch(_CARDS.where(ideas.id.in_(numbers)))} if numbers else {}
    return [cards[number] for number in numbers]


def _read_keyset(cursor: str | None, kind: str) -> tuple[int, int] | None:
    values: Any = read_cursor(cursor, str, int, int)
    return (values[1], values[2]) if values and values[0] == kind else None


def _number(value: int) -> int:
    """What a cursor says may be too large for a column."""
    return max(-LARGEST_ID, min(value, LARGEST_ID))


def _newest(call: Call, topic: Topic | None, cursor: str | None) -> Page[IdeaCard]:
    after = _read_keyset(cursor, "newest")
    moment = _moment_at(after[0]) if after else None
    begin = {"key": moment, "number": _number(after[1])} if after and moment else {}
    rows = _fetch(
        _keyset("published_at", of_topic=topic is not None, goes_on=bool(begin)), **_given(call, topic), **begin
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], write_cursor("newest", position_of(last.published_at), last.id) if last else "")


def _most_supported(call: Call, topic: Topic | None, cursor: str | None) -> Page[IdeaCard]:
    after = _read_keyset(cursor, "supported")
    begin = {"key": _number(after[0]), "number": _number(after[1])} if after else {}
    rows = _fetch(
        _keyset("support_count", of_topic=topic is not None, goes_on=bool(begin)), **_given(call, topic), **begin
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], write_cursor("supported", last.support_count, last.id) if last else "")


@cache
def _keyset(column: str, *, of_topic: bool, goes_on: bool) -> Any:
    """A page of cards by this column and the number, the highest first."""
    key = ideas[column]
    cards = _CARDS.where(*_listed_here(of_topic=of_topic)).order_by(key.desc(), ideas.id.desc()).limit(PAGE + 1)
    if not goes_on:
        return cards
    last, number = bindparam("key", type_=key.type), bindparam("number", type_=Integer)
    return cards.where(key <= last, or_(key < last, ideas.id < number))


def _shuffled(call: Call, topic: Topic | None, cursor: str | None, seed: int | None) -> Page[IdeaCard]:
    """Numbers from the index alone, range by range, then their cards."""
    after = _read_shuffle(call, topic, cursor)
    if after:
        shuffle, place, last = after
    else:
        shuffle = Shuffle(new_seed() if seed is None else seed, ranges_for(_about_how_many(call, topic)))
        place, last = 0, None
    found: list[tuple[int, int, int]] = []  # place, key, number
    while place < shuffle.ranges and len(found) <= PAGE:
        found += [(place, *row) for row in _range(call, topic, shuffle, place, last, PAGE + 1 - len(found))]
        place, last = place + 1, None
    rows = _by_numbers([number for _place, _key, number in found[:PAGE]])
    more = write_cursor(shuffle.seed, shuffle.ranges, *found[PAGE - 1]) if len(found) > PAGE else ""
    return Page(rows, more)


def _read_shuffle(call: Call, topic: Topic | None, cursor: str | None) -> tuple[Shuffle, int, tuple[int, int]] | None:
    values: Any = read_cursor(cursor, int, int, int, int, int)
    if not values:
        return None
    seed, ranges, place, key, number = values
    if seed < 0 or not 0 <= place < ranges <= LOTS or ranges & (ranges - 1):
        return None
    if ranges > FEW_RANGES and ranges > 4 * ranges_for(_about_how_many(call, topic)):
        return None  # made up, or nearly all ideas are gone: too many empty ranges to walk through
    return Shuffle(seed, ranges), place, (key, _number(number))


def _range(
    call: Call, topic: Topic | None, shuffle: Shuffle, place: int, last: tuple[int, int] | None, limit: int
) -> list[tuple[int, int]]:
    """Key and number of the next ideas of a range."""
    key = (Idea.lot * shuffle.factor + shuffle.offset) % LOTS
    rows = select(key, Idea.id).where(*_listed(call, topic)).order_by(key, Idea.id).limit(limit)
    if shuffle.ranges > 1:
        first, end = shuffle.lots_of(place)
        rows = rows.where(Idea.lot >= first, Idea.lot < end)
    if last:
        rows = rows.where(or_(key > last[0], and_(key == last[0], Idea.id > last[1])))
    return [(number, idea_id) for number, idea_id in db.session.execute(rows)]


def _about_how_many(call: Call, topic: Topic | None) -> int:
    """Read off the lot of the 5,000th: exact below, close above, and never slower than 5,000 steps in an index."""
    lots = select(Idea.lot).where(*_listed(call, topic)).order_by(Idea.lot, Idea.id)
    lot = db.session.scalar(lots.offset(SORTED_WHOLE).limit(1))
    return 0 if lot is None else max(SORTED_WHOLE + 1, estimated_ideas(lot, SORTED_WHOLE + 1))


def _found(call: Call, topic: Topic | None, text: str, cursor: str | None) -> Page[IdeaCard]:
    similar = _read_keyset(cursor, "similar")
    before = similar or _read_keyset(cursor, "found")
    found = find_documents(
        text, group_id=call.id, limit=PAGE + 1, before=before, forgiving=bool(similar),
        visible=lambda number: exists().where(Idea.id == number, *_listed(call, topic)).correlate_except(Idea),
    )  # fmt: skip
    rows = _by_numbers([number for _position, number in found.hits[:PAGE]])
    kind = "similar" if found.forgiving else "found"
    return Page(rows, write_cursor(kind, *found.hits[PAGE - 1]) if len(found.hits) > PAGE else "")
