"""One file with all of a city, true to one moment although people go on writing.

The moment is that of the database. From before it until the end the storage keeps what people delete: a row is gone
before its file, so every file of a row that the snapshot knows is there, in the storage or beside it.
"""

import gzip
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Table

from ideenlab.core.clock import now
from ideenlab.core.storage import Storage, storage
from ideenlab.operating.actions.archive import (
    FORMAT,
    Refused,
    add_json,
    add_member,
    file_name,
    pack_value,
    table_name,
)
from ideenlab.operating.queries import newest_revision, revision_of, rows_of, snapshot, tables, whole_files

FILES_A_LINE = 500


@dataclass(frozen=True)
class Packed:
    """What went into a backup."""

    rows: int
    files: int
    bytes: int
    missing: tuple[str, ...] = ()  # keys of rows whose file was gone before
    damaged: tuple[str, ...] = ()  # keys of files that are not what they were when they came


def back_up(path: Path, *, tell: Callable[[str], None], with_files: bool = True) -> Packed:
    """Write everything to `path`, or nothing. Raises Refused with the reason."""
    try:
        with (
            storage().holding() as held,
            _unfinished(path) as target,
            tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        ):
            return _pack(archive, held, path.parent, tell=tell, with_files=with_files)
    except BlockingIOError:
        raise Refused("Another backup is being made.") from None


def _pack(
    archive: tarfile.TarFile, held: Storage, folder: Path, *, tell: Callable[[str], None], with_files: bool
) -> Packed:
    with _snapshot_with_files(held, wanted=with_files) as (connection, files, missing):
        revision = revision_of(connection)
        if revision is None or revision != newest_revision():
            raise Refused("The tables are not those of this version. Run first: flask db upgrade.")
        head = {"software": "Ideenlab", "format": FORMAT, "revision": revision, "made_at": now().isoformat(),
                "with_files": with_files}  # fmt: skip
        sums, rows = {"head.json": add_json(archive, "head.json", head)}, 0
        for table in tables():
            added, sums[table_name(table.name)] = _add_table(archive, connection, table, folder)
            rows += added
    tell(f"{rows:,} rows of {len(tables())} tables")
    damaged, size = _add_files(archive, held, files, tell=tell)
    end = {"sums": sums, "files": len(files), "bytes": size, "missing": missing, "damaged": damaged}
    add_json(archive, "end.json", end)
    return Packed(rows=rows, files=len(files), bytes=size, missing=tuple(missing), damaged=tuple(damaged))


@contextmanager
def _unfinished(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when it is complete, and never takes the place of another one."""
    if path.exists():
        raise Refused(f"{path} is there already; nothing is written over it.")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "w+b") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        try:
            beside.rename(path)
        except OSError as error:
            raise Refused(f"{path}: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _snapshot_with_files(held: Storage, *, wanted: bool) -> Iterator[tuple[Connection, dict[str, str], list[str]]]:
    with snapshot() as connection:
        files = whole_files(connection) if wanted else {}
        missing = [key for key in files if not _is_held(key, held)]
        yield connection, {key: sha256 for key, sha256 in files.items() if key not in set(missing)}, missing


def _is_held(key: str, held: Storage) -> bool:
    try:
        storage().hold(key, held)
    except FileNotFoundError:
        return False
    return True


def _add_table(archive: tarfile.TarFile, connection: Connection, table: Table, folder: Path) -> tuple[int, str]:
    number = 0
    with tempfile.TemporaryFile(dir=folder) as file:
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=3, mtime=0) as packed:
            packed.write(_line(table.columns.keys()))
            for row in rows_of(connection, table):
                packed.write(_line(pack_value(value) for value in row))
                number += 1
        return number, add_member(archive, table_name(table.name), file)


def _line(values: Iterable[object]) -> bytes:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _add_files(
    archive: tarfile.TarFile, held: Storage, files: dict[str, str], *, tell: Callable[[str], None]
) -> tuple[dict[str, str], int]:
    damaged, size = dict[str, str](), 0
    for number, (key, known) in enumerate(files.items(), 1):
        with closing(held.open(key)) as content:
            found = add_member(archive, file_name(key), content)
            size += content.tell()
        if found != known:
            damaged[key] = found
        if number % FILES_A_LINE == 0 or number == len(files):
            tell(f"{number:,} of {len(files):,} files, {size / 1e6:,.1f} MB")
    return damaged, size
