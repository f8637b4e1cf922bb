"""The form of a backup: a tar file with head.json, a table after the other, the stored files, and end.json.

A table is gzipped JSON, a line for each row: first the names of the columns, then their values. end.json holds the
SHA-256 of all members before the files; those of the files stand in the table `files`.
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, BinaryIO

from sqlalchemy import Column, Date

from ideenlab.core.db import ExactDecimal, UtcDateTime

FORMAT = 1
CHUNK = 256 * 1024
SMALL = 50_000_000  # bytes of head.json or end.json


class Refused(Exception):
    """What was asked for cannot be done here. Nothing was changed."""


class Broken(Exception):
    """This is no backup, or it is damaged or not all of it is there. Nothing was changed."""


class Counted:
    """Reads on and counts: how much it was, and its hash."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._digest, self.size = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._digest.update(piece)
        self.size += len(piece)
        return piece

    def to_the_end(self) -> str:
        """The hash of all of it."""
        while self.read(CHUNK):
            pass
        return self._digest.hexdigest()


def table_name(name: str) -> str:
    return f"tables/{name}.jsonl.gz"


def file_name(key: str) -> str:
    return f"files/{key}"


def add_member(archive: tarfile.TarFile, name: str, source: BinaryIO) -> str:
    """Append everything from `source`; gives its SHA-256."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = source.seek(0, io.SEEK_END), 0o600
    source.seek(0)
    counted = Counted(source)
    archive.addfile(member, counted)
    return counted.to_the_end()


def add_json(archive: tarfile.TarFile, name: str, value: object) -> str:
    return add_member(archive, name, io.BytesIO(json.dumps(value, indent=1).encode()))


def pack_value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def unpack_value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(column.type, ExactDecimal) else value


class Reader:
    """Takes the members of an archive in the one order they have. Names are compared, never followed."""

    def __init__(self, source: BinaryIO) -> None:
        self._archive = tarfile.open(fileobj=source, mode="r|")  # noqa: SIM115 - `source` is closed by who opened it
        self.sums: dict[str, str] = {}

    def next(self) -> tuple[str, Counted]:
        member = self._archive.next()
        content = self._archive.extractfile(member) if member is not None and member.isreg() else None
        if member is None or content is None:
            raise Broken("It ends too early, or holds something that is no plain file.")
        if member.name in ("head.json", "end.json") and member.size > SMALL:
            raise Broken(f"{member.name} is too large.")
        return member.name, Counted(content)

    def expect(self, name: str) -> Counted:
        found, content = self.next()
        if found != name:
            raise Broken(f"{name} should come here, and it is {found!r}.")
        return content

    def json(self, name: str) -> Mapping[str, Any]:
        content = self.expect(name)
        value = json.loads(content.read())
        self.sums[name] = content.to_the_end()
        if not isinstance(value, dict):
            raise Broken(f"{name} is not what it should be.")
        return value

    def lines(self, name: str) -> Iterator[list[Any]]:
        """The lines of a table, each a list."""
        content = self.expect(name)
        with gzip.GzipFile(fileobj=content, mode="rb") as unpacked:  # type: ignore[call-overload]
            for line in unpacked:
                values = json.loads(line)
                if not isinstance(values, list):
                    raise Broken(f"{name} is not what it should be.")
                yield values
        self.sums[name] = content.to_the_end()
