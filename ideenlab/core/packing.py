"""A ZIP that is made while it is sent: neither memory nor disk ever holds all of it."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing

from ideenlab.core.clock import now
from ideenlab.core.storage import CHUNK, storage

Packed = tuple[str, str | bytes]  # the name inside, and the content


class _Sink:
    """Takes what the archive writes until it is sent on; it cannot go back, and says so by having no `seek`."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, piece: bytes) -> int:
        self.waiting += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        piece = bytes(self.waiting)
        self.waiting.clear()
        return piece


def packed(texts: Iterable[Packed], stored: Iterable[tuple[str, str, int]] = ()) -> Iterator[bytes]:
    """First `texts`, then `stored` files by name inside, key and size. A file that is gone is left out."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, content in texts:
            archive.writestr(name, content)
            yield sink.taken()
        for name, key, size in stored:
            yield from _file(archive, sink, name, key, size)
    yield sink.taken()


def _file(archive: zipfile.ZipFile, sink: _Sink, name: str, key: str, size: int) -> Iterator[bytes]:
    try:
        content = storage().open(key)
    except FileNotFoundError:
        return
    inside = zipfile.ZipInfo(name, date_time=now().timetuple()[:6])
    inside.file_size = size
    with closing(content), archive.open(inside, "w") as target:
        while piece := content.read(CHUNK):
            target.write(piece)
            yield sink.taken()
