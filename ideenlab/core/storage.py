"""Where uploads lie: one folder with random names, pieces in a folder of their own until they are whole.

A key is the only name a file has here; what people called it stays in the database. See docs/decisions/0003.
"""

import errno
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ideenlab.core.security import city

KEY = re.compile(r"[0-9a-f]{40}")
CHUNK = 256 * 1024


class NoRoom(Exception):
    """The disk is full. Nothing of this write was kept."""


class WrongOffset(Exception):
    """The piece does not begin where the upload stands; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the upload stands at {offset}")
        self.offset = offset


class Storage:
    """Files below one folder: `ab/ab12…` when whole, `arriving/ab12…` before."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @staticmethod
    def new_key() -> str:
        return secrets.token_hex(20)

    def put(self, source: BinaryIO, *, key: str = "") -> str:
        """Store everything that can be read from `source`; give back its key, a new one unless one is given."""
        key = key or self.new_key()
        path = self._arriving(key)
        try:
            with _or_no_room(), _opened(path, os.O_CREAT | os.O_EXCL) as target:
                while chunk := source.read(CHUNK):
                    _write(target, chunk)
                os.fsync(target.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self._finish(key)
        return key

    def replace(self, key: str, source: BinaryIO) -> None:
        """Put other content under a key, all of it or nothing."""
        other = self.put(source)
        self._whole(other).replace(self._whole(key))
        _sync_folder(self._whole(key).parent)

    def copy(self, key: str) -> str:
        """The same content under one more key; where the disk can do that, it takes no room. Either can go alone."""
        other, source = self.new_key(), self._whole(key)
        target = self._whole(other)
        with _or_no_room():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.utime(source)  # both are as old as the younger: the janitor takes nothing that is about to get its row
            try:
                os.link(source, target)
            except OSError:
                with source.open("rb") as content:
                    return self.put(content)
        _sync_folder(target.parent)
        return other

    def hold(self, key: str, held: "Storage") -> None:
        """Keep a file in another storage too, whatever happens to it here. Raises FileNotFoundError."""
        source, target = self._whole(key), held._whole(key)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except FileNotFoundError:
            if not target.exists():  # somebody's deletion brings it here
                raise
        except FileExistsError:  # held already
            pass
        except OSError:  # a disk that knows no links
            with source.open("rb") as content:
                held.put(content, key=key)

    @contextmanager
    def holding(self) -> Iterator["Storage"]:
        """A storage inside this one, for as long as it is needed. Raises BlockingIOError where there is one already.

        What is deleted meanwhile comes into it: whoever looks at the database after this began finds every file.
        """
        self._held.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._held.parent / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._let_go()  # of one that was killed
            self._held.mkdir(mode=0o700)
            try:
                yield Storage(self._held)
            finally:
                self._let_go()

    def forget_held(self) -> None:
        """Take away what one that was killed has left behind."""
        if self._held.exists():
            with suppress(BlockingIOError), self.holding():
                pass

    def append(self, key: str, piece: bytes, *, offset: int, total: int) -> int:
        """Write a piece at `offset` and say where the upload stands: at `total` it is whole.

        A piece that was sent before replaces what follows it. Raises WrongOffset when something is missing before it.
        """
        if self._whole(key).exists():
            return total
        with _or_no_room(), _opened(self._arriving(key), os.O_CREAT) as target:
            fcntl.flock(target, fcntl.LOCK_EX)
            if self._whole(key).exists():  # somebody sent the last piece while we waited
                return total
            stands_at = os.fstat(target.fileno()).st_size
            if not 0 <= offset <= stands_at or offset + len(piece) > total:
                raise WrongOffset(self.arrived(key, total))
            try:
                target.truncate(offset)
                target.seek(offset)
                _write(target, piece)
                os.fsync(target.fileno())
            except OSError:
                target.truncate(offset)
                raise
            if offset + len(piece) == total:
                self._finish(key)
        return offset + len(piece)

    def arrived(self, key: str, total: int) -> int:
        """Where the next piece of an upload begins. The last byte is asked for until the upload is acknowledged."""
        with suppress(FileNotFoundError):
            return min(self._arriving(key).stat().st_size, total - 1)
        return total - 1 if self._whole(key).exists() else 0

    def is_whole(self, key: str) -> bool:
        return self._whole(key).exists()

    def open(self, key: str) -> BinaryIO:
        """The content, for reading from its beginning. Raises FileNotFoundError."""
        return self._whole(key).open("rb")

    def size(self, key: str) -> int:
        return self._whole(key).stat().st_size

    def delete(self, key: str) -> None:
        """Remove a file, whole or arriving. One that is not there is fine."""
        if self._held.exists():
            target = Storage(self._held)._whole(key)
            with suppress(OSError):  # it is not here, or nobody holds files any more
                target.parent.mkdir(mode=0o700, exist_ok=True)
                self._whole(key).rename(target)
        self._whole(key).unlink(missing_ok=True)
        self._arriving(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[tuple[str, datetime]]:
        """Every file there is, whole or arriving, and when it was last written to."""
        for path in self.root.glob("*/*"):
            with suppress(FileNotFoundError):
                if KEY.fullmatch(path.name):
                    yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def _let_go(self) -> None:
        with suppress(FileNotFoundError):
            self._held.rename(self._held.with_name("gone"))  # first of all nothing more comes in
        shutil.rmtree(self._held.with_name("gone"), ignore_errors=True)

    @property
    def _held(self) -> Path:
        return self.root / "held" / "now"

    def _whole(self, key: str) -> Path:
        return self.root / _checked(key)[:2] / key

    def _arriving(self, key: str) -> Path:
        return self.root / "arriving" / _checked(key)

    def _finish(self, key: str) -> None:
        target = self._whole(key)
        with _or_no_room():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._arriving(key).replace(target)
            _sync_folder(target.parent)


def storage() -> Storage:
    """The storage of this city."""
    return Storage(city().upload_folder)


def _checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError("not a key of ours")
    return key


@contextmanager
def _or_no_room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom from error
        raise


@contextmanager
def _opened(path: Path, flags: int = 0) -> Iterator[BinaryIO]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | flags, 0o600)
    with os.fdopen(number, "r+b", buffering=0) as file:
        yield file


def _write(file: BinaryIO, content: bytes) -> None:
    rest = memoryview(content)
    while rest:  # a full disk takes some and refuses the rest only at the next try
        rest = rest[file.write(rest) :]


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)
