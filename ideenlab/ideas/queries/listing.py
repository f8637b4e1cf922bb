"""The list of a call's ideas in each of its orders, page by page.

What "more" promises: newest, answered, random and search show every idea that was there at the first page exactly
once, whatever arrives meanwhile. An order by a changing number cannot be cut at a number: there the next page shows
the first of all that were not shown yet. So nothing comes twice, and what overtook meanwhile is not missed. Beyond
about 200 ideas the list of what was shown would grow too long for an address; from there on it goes by the number.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, or_, select

from ideenlab.core.db import LARGEST_ID
from ideenlab.core.paging import PAGE, Page, pack_numbers, read_cursor, unpack_numbers, write_cursor
from ideenlab.core.search import find_documents
from ideenlab.ideas.models import Call
from ideenlab.ideas.queries.cards import CARDS, FROM, IdeaCard, cards_of_numbers, fetch_cards, with_thumbnails
from ideenlab.ideas.queries.filters import EVERYTHING, Wanted, connection, given, ideas, listed_among, listed_here
from ideenlab.ideas.queries.shuffling import shuffled_ideas

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BY_TIME = {"newest": "published_at", "answered": "answered_at"}
BY_NUMBER = {
    "supported": "support_count", "discussed": "comment_count", "certainty": "certainty", "controversy": "controversy",
}  # fmt: skip
ORDERS = ("random", *BY_TIME, *BY_NUMBER)
MOST_SHOWN = 200  # ideas whose numbers a cursor carries
LONGEST_SHOWN = 700  # characters for them
# Filters whose ideas an index holds in these orders; of others the few are looked up first
READ_IN_ORDER = {
    ("topic",): ("random", "newest", "supported"), ("district",): ("newest",), ("status",): ("newest",),
    ("origin",): ("newest",), (): ORDERS,
}  # fmt: skip
FEW = 1_000  # ideas that filters leave: each of them is looked at


def list_ideas(
    call: Call, *, order: str = "newest", wanted: Wanted = EVERYTHING, text: str = "", cursor: str | None = None,
    seed: int | None = None, count: int | None = None,
) -> Page[IdeaCard]:  # fmt: skip
    """One page of the published ideas of a call. Hits of a search come newest first, whatever the order.

    The random order needs a seed on its first page; later pages go on with the one in their cursor. Who has counted
    the ideas already gives their number and saves a query.
    """
    page = _page(call, order, wanted, text, cursor, seed, count)
    return replace(page, rows=with_thumbnails(page.rows))


def _page(
    call: Call, order: str, wanted: Wanted, text: str, cursor: str | None, seed: int | None, count: int | None
) -> Page[IdeaCard]:
    if text.strip():
        return _found(call, wanted, text, cursor)
    if order not in READ_IN_ORDER.get(wanted.names(), ()):
        wanted = _narrowed(call, wanted, count)
    if wanted.among == ():
        return Page([])
    if order == "random":
        return shuffled_ideas(call, wanted, cursor=cursor, seed=seed, count=count)
    if order in BY_NUMBER:
        return _by_number(call, order, wanted, cursor)
    return _by_time(call, order if order in BY_TIME else "newest", wanted, cursor)


def position_of(moment: datetime) -> int:
    """A moment as microseconds since 1970, for cursors and for the search."""
    return (moment - EPOCH) // MICROSECOND


def _moment_at(position: int) -> datetime | None:
    try:
        return EPOCH + position * MICROSECOND
    except OverflowError:
        return None


def _number(value: int) -> int:
    """What a cursor says may be too large for a column."""
    return max(-LARGEST_ID, min(value, LARGEST_ID))


def _read_keyset(cursor: str | None, kind: str) -> tuple[int, int] | None:
    values: Any = read_cursor(cursor, str, int, int)
    return (values[1], values[2]) if values and values[0] == kind else None


def _by_time(call: Call, order: str, wanted: Wanted, cursor: str | None) -> Page[IdeaCard]:
    column = BY_TIME[order]
    after = _read_keyset(cursor, order)
    moment = _moment_at(after[0]) if after else None
    begin = {"key": moment, "number": _number(after[1])} if after and moment else {}
    rows = fetch_cards(_sorted(order, column, wanted.names(), goes_on=bool(begin)), **given(call, wanted), **begin)
    if len(rows) <= PAGE:
        return Page(rows)
    last = rows[PAGE - 1]
    return Page(rows[:PAGE], write_cursor(order, position_of(getattr(last, column)), last.id))


def _by_number(call: Call, order: str, wanted: Wanted, cursor: str | None) -> Page[IdeaCard]:
    after = _read_shown(cursor, order)
    shown: list[int] = []
    begin: dict[str, Any] = {}
    if after:
        key, number, shown = after
        begin = {"shown": shown, **({"key": key, "number": number} if number else {})}
    statement = _sorted(
        order, BY_NUMBER[order], wanted.names(), goes_on="key" in begin, leaves_out="shown" in begin
    )  # fmt: skip
    rows = fetch_cards(statement, **given(call, wanted), **begin)
    if len(rows) <= PAGE:
        return Page(rows)
    return Page(rows[:PAGE], _write_shown(order, rows[:PAGE], shown, by_key="key" in begin))


def _read_shown(cursor: str | None, order: str) -> tuple[int, int, list[int]] | None:
    """Key and number of the last idea, 0 where the numbers of all ideas shown so far are enough, and these."""
    values: Any = read_cursor(cursor, str, int, int, str)
    if not values or values[0] != order:
        return None
    shown = unpack_numbers(values[3], most=MOST_SHOWN, largest=LARGEST_ID)
    return None if shown is None else (_number(values[1]), _number(values[2]), shown)


def _write_shown(order: str, rows: list[IdeaCard], shown: list[int], *, by_key: bool) -> str:
    every = [*shown, *(row.id for row in rows)]
    packed = pack_numbers(every)
    if not by_key and len(every) <= MOST_SHOWN and len(packed) <= LONGEST_SHOWN:
        return write_cursor(order, 0, 0, packed)
    last = rows[-1]
    return write_cursor(order, getattr(last, BY_NUMBER[order]), last.id, pack_numbers([row.id for row in rows]))


@cache
def _sorted(
    order: str, column: str, names: tuple[str, ...], *, goes_on: bool = False, leaves_out: bool = False
) -> Any:  # fmt: skip
    """A page of cards by this column and the number, the highest first."""
    key = ideas[column]
    cards = CARDS.select_from(FROM).where(*listed_here(names, order))
    cards = cards.order_by(key.desc(), ideas.id.desc()).limit(PAGE + 1)
    if leaves_out:
        cards = cards.where(ideas.id.not_in(bindparam("shown", expanding=True)))
    if not goes_on:
        return cards
    last, number = bindparam("key", type_=key.type), bindparam("number", type_=Integer)
    return cards.where(key <= last, or_(key < last, ideas.id < number))


def _narrowed(call: Call, wanted: Wanted, count: int | None) -> Wanted:
    """A few ideas by their numbers, so that no order of the whole call is gone through in search of them."""
    few = None if count is not None and count > FEW else _few(call, wanted)
    return wanted if few is None else Wanted(among=tuple(number for _position, number in few))


def _few(call: Call, wanted: Wanted) -> list[tuple[int, int]] | None:
    """Place and number in the search of every idea that filters leave, if these are only a few."""
    if not wanted.names():
        return None
    rows = connection().execute(_few_statement(wanted.names()), given(call, wanted)).all()
    return None if len(rows) > FEW else [(position_of(published_at), number) for published_at, number in rows]


@cache
def _few_statement(names: tuple[str, ...]) -> Any:
    return select(ideas.published_at, ideas.id).where(*listed_here(names)).limit(FEW + 1)


def _found(call: Call, wanted: Wanted, text: str, cursor: str | None) -> Page[IdeaCard]:
    similar = _read_keyset(cursor, "similar")
    before = similar or _read_keyset(cursor, "found")
    found = find_documents(
        text, group_id=call.id, limit=PAGE + 1, before=before, forgiving=bool(similar),
        visible=lambda numbers: listed_among(numbers, call, wanted), among=_few(call, wanted),
    )  # fmt: skip
    rows = cards_of_numbers([number for _position, number in found.hits[:PAGE]])
    kind = "similar" if found.forgiving else "found"
    return Page(rows, write_cursor(kind, *found.hits[PAGE - 1]) if len(found.hits) > PAGE else "")
