"""Tables and data that come with a challenge: whether they are what their names say. Nothing is ever unpacked."""

import codecs
import json
import os
import re
import threading
import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO

from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.files.rules.names import ending_of

PIECE = 1 << 20
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
OTHER_THINGS = ("<", "#!", "%PDF", "{\\rtf")  # pages, scripts, documents: text, but no table
GEOJSON = {
    "Feature", "FeatureCollection", "GeometryCollection", "LineString", "MultiLineString", "MultiPoint",
    "MultiPolygon", "Point", "Polygon",
}  # fmt: skip
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
PROGRAMS = re.compile(r"(xl/)?(vbaProject\.bin|macrosheets/.*|activeX/.*)|(Basic|Scripts)/.+", re.IGNORECASE)


def does_not_fit(name: str) -> Verdict:
    return no(_("The content of “%(name)s” does not fit the ending of its name.", name=name))


def may_keep_data(
    name: str, content: BinaryIO, *, damaged: Verdict, in_zip: Callable[[str, BinaryIO, int], Verdict]
) -> Verdict:
    """A table or data. Spreadsheets are archives, and held to the rule for these first."""
    ending = ending_of(name)
    if ending == "csv":
        return YES if _is_table(content) else does_not_fit(name)
    if ending in ("json", "geojson"):
        return _may_keep_json(name, content, geo=ending == "geojson")
    if content.read(4) != b"PK\x03\x04":
        return does_not_fit(name)
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    if not (verdict := in_zip(name, content, size)):
        return verdict
    try:
        with zipfile.ZipFile(content) as archive:
            return _may_keep_sheet(name, archive, is_sheet=_is_ods if ending == "ods" else _is_xlsx)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return damaged


def _is_table(content: BinaryIO) -> bool:
    """Text in one of the ways in which offices write it."""
    head = content.read(4)
    encodings = ("utf-16",) if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ("utf-8-sig", "cp1252")
    readings = (_is_text(content, encoding) for encoding in encodings)
    return next((read for read in readings if read is not None), False)


def _is_text(content: BinaryIO, encoding: str) -> bool | None:
    """None where it is written in another way."""
    content.seek(0)
    decoder, begun = codecs.getincrementaldecoder(encoding)(), ""
    try:
        while piece := content.read(PIECE):
            text = decoder.decode(piece)
            begun = begun or text.lstrip()[:10]
            if NO_TEXT.search(text) or begun.startswith(OTHER_THINGS):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return None
    return bool(begun)


class _Object(str):
    """What is left of an object once it was read: nothing but its type."""

    __slots__ = ()


_PLAIN, _one_file = _Object(), threading.Lock()  # reading 20 MB may take 600 MB


def _only_type(pairs: list[tuple[str, Any]]) -> _Object:
    kind = dict(pairs).get("type")
    return _Object(kind) if isinstance(kind, str) and kind in GEOJSON else _PLAIN


def _may_keep_json(name: str, content: BinaryIO, *, geo: bool) -> Verdict:
    content.seek(0)
    try:
        with _one_file:
            found = json.loads(
                content.read().decode("utf-8-sig"), object_pairs_hook=_only_type, parse_constant=_refuse,
                parse_int=str, parse_float=str,
            )  # fmt: skip
            fits = isinstance(found, _Object) and bool(found)
            del found
    except (ValueError, RecursionError):
        return does_not_fit(name)
    return YES if fits or not geo else does_not_fit(name)


def _refuse(word: str) -> None:
    raise ValueError(word)


def _may_keep_sheet(
    name: str, archive: zipfile.ZipFile, *, is_sheet: Callable[[zipfile.ZipFile, list[str]], bool]
) -> Verdict:
    names = archive.namelist()
    if not is_sheet(archive, names):
        return does_not_fit(name)
    if any(PROGRAMS.fullmatch(each) for each in names):
        return no(_("“%(name)s” holds programs (macros). Please save it without them.", name=name))
    return YES


def _is_xlsx(_archive: zipfile.ZipFile, names: list[str]) -> bool:
    return {"[Content_Types].xml", "xl/workbook.xml"} <= set(names)


def _is_ods(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Its first entry says what it is, uncompressed."""
    if not {"mimetype", "content.xml"} <= set(names):
        return False
    first = archive.getinfo("mimetype")
    plain = first.compress_type == zipfile.ZIP_STORED and first.file_size == first.compress_size < 100
    return plain and archive.read("mimetype").strip() == ODS
