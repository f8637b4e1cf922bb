"""Pages for programs: cut at numbers that never change, so nothing comes twice and nothing is passed over."""

from collections.abc import Sequence
from typing import Any, TypeVar

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.paging import Page, read_cursor, write_cursor

T = TypeVar("T")
LARGEST = LARGEST_ID
ORDERS = ("newest", "oldest")
LONGEST_PAGE = 100


def position_in(cursor: str, order: str) -> int | None:
    """The number behind a cursor. A broken one is refused: the first page instead of it would be read for ever."""
    if not cursor:
        return None
    values = read_cursor(cursor, str, int)
    if not values or values[0] != order or not 0 < int(values[1]) <= LARGEST_ID:
        raise _broken()
    return int(values[1])


def insist_on_cursor(cursor: str, *, kinds: Sequence[str]) -> None:
    """The same for the cursors of a search, which say a kind, a moment and a number."""
    values = read_cursor(cursor, str, int, int)
    if cursor and (not values or values[0] not in kinds):
        raise _broken()


def _broken() -> Invalid:
    return Invalid(_("This cursor is not one of ours, or belongs to another order."), field="cursor")


def cut(statement: Any, number: Any, *, order: str, cursor: str, limit: int) -> Any:
    """So many rows and one more, by this column of numbers, after the cursor."""
    after, upwards = position_in(cursor, order), order == "oldest"
    if after is not None:
        statement = statement.where(number > after if upwards else number < after)
    return statement.order_by(number if upwards else number.desc()).limit(limit + 1)


def page_of(rows: Sequence[T], numbers: Sequence[int], *, order: str, limit: int) -> Page[T]:
    """What `cut` found, with the cursor of the page after it."""
    if len(rows) <= limit:
        return Page(rows)
    return Page(rows[:limit], write_cursor(order, numbers[limit - 1]))


def things(statement: Any, number: Any, *, order: str, cursor: str, limit: int) -> Page[Any]:
    """A page of mapped things."""
    rows = list(db.session.scalars(cut(statement, number, order=order, cursor=cursor, limit=limit)).unique())
    return page_of(rows, [row.id for row in rows], order=order, limit=limit)
