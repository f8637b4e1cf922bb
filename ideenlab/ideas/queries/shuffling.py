"""The random order of a list: the same for everybody with the same seed, fair to every idea, quick at any size."""

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, and_, bindparam, or_, select

from ideenlab.core.db import LARGEST_ID
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.ideas.maths import LOTS, Shuffle, new_seed, ranges_for
from ideenlab.ideas.models import Call
from ideenlab.ideas.queries.cards import CARDS, FROM, IdeaCard
from ideenlab.ideas.queries.filters import Wanted, connection, count_ideas, given, ideas, listed_here

FEW_RANGES = 64


def shuffled_ideas(
    call: Call, wanted: Wanted, *, cursor: str | None = None, seed: int | None = None, count: int | None = None
) -> Page[IdeaCard]:
    """Numbers from the index alone, range by range, and their cards in the same statement."""
    after = _read_shuffle(call, wanted, cursor)
    if after:
        shuffle, place, last = after
    else:
        number = count_ideas(call, wanted) if count is None else count
        shuffle, place, last = Shuffle(new_seed() if seed is None else seed, ranges_for(number)), 0, None
    found: list[tuple[int, int, IdeaCard]] = []  # place, key, card
    while place < shuffle.ranges and len(found) <= PAGE:
        found += [(place, *row) for row in _range(call, wanted, shuffle, place, last, PAGE + 1 - len(found))]
        place, last = place + 1, None
    rows = [card for _place, _key, card in found[:PAGE]]
    if len(found) <= PAGE:
        return Page(rows)
    place, key, card = found[PAGE - 1]
    return Page(rows, write_cursor(shuffle.seed, shuffle.ranges, place, key, card.id))


def _read_shuffle(call: Call, wanted: Wanted, cursor: str | None) -> tuple[Shuffle, int, tuple[int, int]] | None:
    values: Any = read_cursor(cursor, int, int, int, int, int)
    if not values:
        return None
    seed, ranges, place, key, number = values
    if seed < 0 or not 0 <= place < ranges <= LOTS or ranges & (ranges - 1):
        return None
    if ranges > FEW_RANGES and ranges > 4 * ranges_for(count_ideas(call, wanted)):
        return None  # made up, or nearly all ideas are gone: too many empty ranges to walk through
    return Shuffle(seed, ranges), place, (key, max(-LARGEST_ID, min(number, LARGEST_ID)))


def _range(
    call: Call, wanted: Wanted, shuffle: Shuffle, place: int, last: tuple[int, int] | None, limit: int
) -> list[tuple[int, IdeaCard]]:
    """Key and card of the next ideas of a range."""
    values: dict[str, Any] = {"factor": shuffle.factor, "offset": shuffle.offset, "some": limit}
    if shuffle.ranges > 1:
        values["first"], values["end"] = shuffle.lots_of(place)
    if last:
        values["key"], values["number"] = last
    statement = _range_statement(wanted.names(), ranged=shuffle.ranges > 1, goes_on=last is not None)
    rows = connection().execute(statement, {**given(call, wanted), **values})
    return [(row[0], IdeaCard(*row[1:])) for row in rows.all()]


def _large(name: str) -> Any:
    return bindparam(name, type_=BigInteger)


@cache
def _range_statement(names: tuple[str, ...], *, ranged: bool, goes_on: bool) -> Any:
    key = ((ideas.lot * _large("factor") + _large("offset")) % LOTS).label("key")
    some = select(ideas.id, key).where(*listed_here(names)).order_by(key, ideas.id)
    if ranged:
        some = some.where(ideas.lot >= _large("first"), ideas.lot < _large("end"))
    if goes_on:
        last = _large("key")
        some = some.where(or_(key > last, and_(key == last, ideas.id > bindparam("number", type_=Integer))))
    chosen = some.limit(bindparam("some", type_=Integer)).subquery()
    here = FROM.join(chosen, chosen.c.id == ideas.id)
    cards = select(chosen.c.key, *CARDS.selected_columns).select_from(here)
    return cards.order_by(chosen.c.key, chosen.c.id)
