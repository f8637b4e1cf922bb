"""All of a backup comes into an empty installation, or nothing of it."""

import gzip
import json
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, func, inspect, select, text
from sqlalchemy.exc import StatementError

from ideenlab.core.db import db
from ideenlab.core.storage import storage
from ideenlab.core.verdict import require
from ideenlab.operating.actions.archive import (
    FORMAT,
    Broken,
    Reader,
    Refused,
    file_name,
    table_name,
    unpack_value,
)
from ideenlab.operating.queries import (
    AT_ONCE,
    BROUGHT,
    newest_revision,
    revision_of,
    tables,
    take_your_time,
    whole_files,
)
from ideenlab.operating.rules import may_restore

FILES_A_LINE = 500
UNREADABLE = (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValueError, KeyError, TypeError, OverflowError)


@dataclass(frozen=True)
class Unpacked:
    rows: int
    files: int
    bytes: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]


@contextmanager
def whole_or_nothing() -> Iterator[list[str]]:
    """Around the transaction: files that were stored in it go with it when it fails, even at its very end."""
    stored: list[str] = []
    try:
        yield stored
    except BaseException as error:
        for key in stored:
            with suppress(OSError):
                storage().delete(key)
        if isinstance(error, UNREADABLE):
            raise Broken(f"It is damaged, or no backup at all ({error}).") from error
        if isinstance(error, StatementError):
            raise Broken(f"The database does not take it: {error.orig or error}") from error
        raise


def restore(source: BinaryIO, *, stored: list[str], tell: Callable[[str], None], with_files: bool = True) -> Unpacked:
    """Read a backup into the empty tables and the empty storage; keys of files are noted in `stored`.

    Raises NotAllowed where something is here already, Refused when the backup does not fit, Broken when it is damaged.
    """
    connection = db.session.connection()
    if revision_of(connection) != newest_revision():
        raise Refused("The tables are not those of this version. Run first: flask db upgrade.")
    _begin(connection)
    require(may_restore(connection, with_files=with_files))
    reader = Reader(source)
    _insist_on_fit(reader.json("head.json"), with_files=with_files)
    rows = sum(_read_table(reader, connection, table) for table in tables())
    tell(f"{rows:,} rows of {len(tables())} tables")
    files = whole_files(connection) if with_files else {}
    found, size, end = _read_files(reader, files, stored=stored, tell=tell)
    _compare(reader, end, files, found)
    _end(connection)
    return Unpacked(rows, len(found), size, tuple(end["missing"]), tuple(end["damaged"]))


def _begin(connection: Connection) -> None:
    """Rows that refer to others of their own table may come before these; nobody else writes meanwhile."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        return
    take_your_time(connection)
    connection.execute(text(f"LOCK TABLE {', '.join(table.name for table in tables())} IN EXCLUSIVE MODE"))
    _change_references(connection, "DEFERRABLE INITIALLY DEFERRED")


def _change_references(connection: Connection, how: str) -> None:
    looked = inspect(connection)
    for table in tables():
        for reference in looked.get_foreign_keys(table.name):
            if reference["referred_table"] == table.name:
                connection.execute(text(f"ALTER TABLE {table.name} ALTER CONSTRAINT {reference['name']} {how}"))


def _end(connection: Connection) -> None:
    """What refers to something is looked at now, and new rows get numbers that are free."""
    if connection.dialect.name == "sqlite":
        return  # looks at the commit, and numbers by the highest
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _change_references(connection, "NOT DEFERRABLE")
    for table in tables():
        column = table.autoincrement_column
        sequence = column is not None and connection.scalar(
            select(func.pg_get_serial_sequence(table.name, column.name))
        )
        if column is not None and sequence:
            highest = connection.scalar(select(func.max(column)))
            connection.execute(select(func.setval(sequence, highest or 1, highest is not None)))


def _insist_on_fit(head: Any, *, with_files: bool) -> None:
    if head.get("software") != "Ideenlab":
        raise Broken("It is not a backup of Ideenlab.")
    if head["format"] != FORMAT or head["revision"] != newest_revision():
        raise Refused(
            f"The backup is from a version with migration {head['revision']}, this one is at {newest_revision()}. "
            "Restore it with the version that made it, then upgrade."
        )
    if head["with_files"] != with_files:
        raise Refused("The backup holds rows without files.")


def _read_table(reader: Reader, connection: Connection, table: Table) -> int:
    lines, number = reader.lines(table_name(table.name)), 0
    if table.name in BROUGHT:
        connection.execute(table.delete())
    names = next(lines, [])
    if sorted(names) != sorted(table.columns.keys()):
        raise Broken(f"The table {table.name} has other columns.")
    columns = [table.columns[name] for name in names]
    while batch := list(islice(lines, AT_ONCE)):
        rows = [
            {column.key: unpack_value(column, value) for column, value in zip(columns, line, strict=True)}
            for line in batch
        ]
        connection.execute(table.insert(), rows)
        number += len(rows)
    return number


def _read_files(
    reader: Reader, files: dict[str, str], *, stored: list[str], tell: Callable[[str], None]
) -> tuple[dict[str, str], int, dict[str, Any]]:
    found, size, expected = dict[str, str](), 0, {file_name(key): key for key in files}
    while True:
        name, content = reader.next()
        if name == "end.json":
            return found, size, json.loads(content.read())
        key = expected.pop(name, "")
        if not key:
            raise Broken(f"It holds {name!r}, of which no table knows.")
        stored.append(key)
        storage().put(content, key=key)  # type: ignore[arg-type]
        found[key] = content.to_the_end()
        size += content.size
        if len(found) % FILES_A_LINE == 0:
            tell(f"{len(found):,} files, {size / 1e6:,.1f} MB")


def _compare(reader: Reader, end: dict[str, Any], files: dict[str, str], found: dict[str, str]) -> None:
    missing, damaged = [key for key in files if key not in found], end["damaged"]
    if end["sums"] != reader.sums or end["missing"] != missing or end["files"] != len(found):
        raise Broken("It is damaged: its parts do not fit together.")
    if any(sha256 != damaged.get(key, files[key]) for key, sha256 in found.items()):
        raise Broken("It is damaged: a file is not what it was.")
