"""Whether a file is what its name says: first bytes, then the real parser. Nothing is ever unpacked."""

import os
import struct
import zipfile
from collections.abc import Callable
from typing import BinaryIO

from PIL import Image

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.files.rules.data import does_not_fit, may_keep_data
from ideenlab.files.rules.names import KINDS, Kinds, ending_of, kind_of

MOST_PIXELS = 25_000_000
MOST_ENTRIES = 10_000
LARGEST_DIRECTORY = 3_000_000
LARGEST_UNPACKED = 1_000_000_000
MOST_BOXES = 20_000
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    "application/zip": lambda head: head.startswith(b"PK\x03\x04"),
    "application/pdf": lambda head: head.startswith(b"%PDF-"),
    "image/png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "image/webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    "image/gif": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
    "video/mp4": lambda head: head[4:8] == b"ftyp",
}
Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow's own guard inside animated pictures


def may_keep(name: str, content: BinaryIO, kinds: Kinds = KINDS) -> Verdict:
    """Whether `content` is what its name says and harmless to keep."""
    kind = kind_of(name, kinds)
    if kind and ending_of(name) not in KINDS:
        return may_keep_data(name, content, damaged=_damaged(name), in_zip=_may_keep_zip)
    head = content.read(16)
    if kind not in BEGINNINGS or not BEGINNINGS[kind](head):
        return does_not_fit(name)
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    if kind in FORMATS:
        return _may_keep_picture(name, content, FORMATS[kind])
    check = {"application/zip": _may_keep_zip, "application/pdf": _may_keep_pdf, "video/mp4": _may_keep_mp4}[kind]
    return check(name, content, size)


def _damaged(name: str) -> Verdict:
    return no(_("“%(name)s” is damaged or incomplete.", name=name))


def _may_keep_picture(name: str, content: BinaryIO, picture_format: str) -> Verdict:
    """Reads the header only."""
    try:
        with Image.open(content, formats=[picture_format]) as picture:
            width, height = picture.size
            pixels = width * height
            if pixels <= MOST_PIXELS:
                pixels *= getattr(picture, "n_frames", 1)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pixels = MOST_PIXELS + 1
    except Exception:  # a broken picture may raise anything
        return _damaged(name)
    if pixels > MOST_PIXELS:
        most = number(MOST_PIXELS // 1_000_000)
        return no(_("“%(name)s” has more than %(most)s million pixels. Please make it smaller.", name=name, most=most))
    return YES


def _may_keep_pdf(name: str, content: BinaryIO, size: int) -> Verdict:
    content.seek(max(0, size - 2048))
    return YES if b"%%EOF" in content.read() else _damaged(name)


def _may_keep_mp4(name: str, content: BinaryIO, size: int) -> Verdict:
    """Walks over the outer boxes; there must be a `moov`, and none may end behind the file."""
    position, kinds = 0, set[bytes]()
    for _number in range(MOST_BOXES):
        if position >= size:
            break
        content.seek(position)
        header = content.read(16)
        if len(header) < 8:
            return _damaged(name)
        length, kind = struct.unpack(">I4s", header[:8])
        if length == 1 and len(header) == 16:
            length = struct.unpack(">Q", header[8:])[0]
        length = length or size - position
        if length < 8 or position + length > size:
            return _damaged(name)
        kinds.add(kind)
        position += length
    return YES if b"moov" in kinds and position == size else _damaged(name)


def _may_keep_zip(name: str, content: BinaryIO, size: int) -> Verdict:
    """Reads the list of entries, after making sure that it is short."""
    if _directory_too_long(content, size):
        return _too_many_entries(name)
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        return _damaged(name)
    if len(entries) > MOST_ENTRIES:
        return _too_many_entries(name)
    if any(entry.flag_bits & 0x1 for entry in entries):
        return no(_("“%(name)s” is locked with a password. Nobody else could open it.", name=name))
    if any(_leads_outside(entry.filename) for entry in entries):
        return no(_("“%(name)s” holds files that would be written outside its own folder.", name=name))
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        return no(_("“%(name)s” becomes larger than 1 GB when it is unpacked.", name=name))
    return YES


def _too_many_entries(name: str) -> Verdict:
    return no(_("“%(name)s” holds more than %(most)s files.", name=name, most=number(MOST_ENTRIES)))


def _directory_too_long(content: BinaryIO, size: int) -> bool:
    """What the end of the archive says about its list: zipfile would read all of it into memory."""
    content.seek(max(0, size - 65_557))
    tail = content.read()
    place = tail.rfind(b"PK\x05\x06")
    content.seek(0)
    if place < 0 or len(tail) - place < 22:
        return False  # not an archive, which zipfile says better
    entries, length = struct.unpack("<HI", tail[place + 10 : place + 16])
    place = tail.rfind(b"PK\x06\x06")
    if place >= 0 and len(tail) - place >= 56:  # the larger form
        entries, length = struct.unpack("<QQ", tail[place + 32 : place + 48])
    return bool(entries > MOST_ENTRIES or length > LARGEST_DIRECTORY)


def _leads_outside(path: str) -> bool:
    path = path.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")
