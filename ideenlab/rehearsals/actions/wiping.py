"""Every row that hangs on a rehearsal or on its trial people, in every table there is or will be, and every file."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, and_, delete, or_, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import Model, after_commit, db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import storage
from ideenlab.core.verdict import require
from ideenlab.files.models import StoredFile
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.rehearsals.queries import people_without_address_of
from ideenlab.rehearsals.rules import may_wipe

T = TypeVar("T")
Key = tuple[Any, ...]
Found = dict[Table, set[Key]]
MOST = 200  # numbers in one statement


def wipe_rehearsal(organiser: Person, *, rehearsal: Hackathon) -> None:
    """Nothing of it stays but one line in the history of the hackathon that was rehearsed."""
    require(may_wipe(organiser, rehearsal))
    held = select(Hackathon.id).where(Hackathon.id == rehearsal.id).with_for_update()
    if db.session.scalar(held) is None:
        raise Conflict(_("Somebody else has wiped this rehearsal a moment ago."))
    original = db.session.get_one(Hackathon, rehearsal.rehearsal_of_id)
    db.session.flush()
    found = _hanging_on(
        {_table(Hackathon): {(rehearsal.id,)}, _table(Person): _keys(people_without_address_of(rehearsal))}
    )
    files = _files_of(found)
    _forget_what_is_told(found)
    for table in reversed(Model.metadata.sorted_tables):
        for some in _in_pieces(sorted(found.get(table, set()), key=str)):
            db.session.execute(delete(table).where(_is_one_of(table, some)))
    _remove(files)
    db.session.expire_all()
    record(organiser, "rehearsals.wiped", original)
    db.session.flush()


def _table(model: type[Model]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _in_pieces(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for begin in range(0, len(things), MOST):
        yield things[begin : begin + MOST]


def _keys(numbers: Iterable[int]) -> set[Key]:
    return {(number,) for number in numbers}


def _hanging_on(roots: Found) -> Found:
    """The rows themselves and all that point to them, however far."""
    found: Found = defaultdict(set)
    fresh = {table: set(keys) for table, keys in roots.items()}
    while fresh:
        for table, keys in fresh.items():
            found[table] |= keys
        pointing: Found = defaultdict(set)
        for table, keys in fresh.items():
            for child in Model.metadata.sorted_tables:
                pointing[child] |= _pointing_to(child, table, keys)
        fresh = {table: keys - found[table] for table, keys in pointing.items() if keys - found[table]}
    return found


def _pointing_to(child: Table, parent: Table, keys: Collection[Key]) -> set[Key]:
    rows: set[Key] = set()
    for column in child.columns:
        if any(key.column.table is parent and key.column.primary_key for key in column.foreign_keys):
            for some in _in_pieces(sorted(keys)):
                chosen = select(*child.primary_key.columns).where(column.in_([key[0] for key in some]))
                rows |= {tuple(row) for row in db.session.execute(chosen)}
    return rows


def _is_one_of(table: Table, keys: Collection[Key]) -> Any:
    columns = list(table.primary_key.columns)
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return or_(*(and_(*(c == value for c, value in zip(columns, key, strict=True))) for key in keys))


def _files_of(found: Found) -> list[tuple[int, str]]:
    """What the rows hold, and what trial people have begun to send."""
    files, held = _table(StoredFile), set()
    for table, keys in found.items():
        for column in table.columns:
            if any(key.column.table is files for key in column.foreign_keys):
                for some in _in_pieces(sorted(keys, key=str)):
                    held |= set(db.session.scalars(select(column).where(_is_one_of(table, some))))
    numbers = sorted(number for number in held if number)
    return [
        (number, key)
        for some in _in_pieces(numbers)
        for number, key in db.session.execute(select(files.c.id, files.c.key).where(files.c.id.in_(some)))
    ]


def _forget_what_is_told(found: Found) -> None:
    """History, notices, follows and cases know what they are about by its table and number."""
    knowing = [table for table in Model.metadata.sorted_tables if {"thing", "thing_id"} <= set(table.columns.keys())]
    for told in knowing:
        for table, keys in list(found.items()):
            numbers = [key[0] for key in keys] if len(table.primary_key.columns) == 1 else []
            for some in _in_pieces(sorted(numbers)):
                about = (told.c.thing == table.name) & told.c.thing_id.in_(some)
                chosen = select(*told.primary_key.columns).where(about)
                rows = {tuple(row) for row in db.session.execute(chosen)}
                for more, more_keys in _hanging_on({told: rows}).items():
                    found[more] |= more_keys


def _remove(files: list[tuple[int, str]]) -> None:
    """Their rows now, their contents once that is kept."""
    table = _table(StoredFile)
    for number, key in files:
        db.session.execute(delete(table).where(table.c.id == number))
        after_commit(lambda key=key: storage().delete(key))  # type: ignore[misc]
