"""Tables as text: read whatever a city's office writes, write what a spreadsheet opens without running anything."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ideenlab.core.i18n import gettext as _

LARGEST_CELL = 200_000  # characters; what is larger is nearly always a quotation mark that was never closed
PIECE = 1 << 16
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠']|[\t\r\n]")
csv.field_size_limit(LARGEST_CELL)  # csv has one limit for the whole process
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class Unreadable(Exception):
    """The table cannot be read. The message says on which line and why."""


@dataclass(frozen=True)
class Table:
    """The shape of a file: how it is written and the names of its columns."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line on which it begins; empty lines are passed over."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = _lines(file, self.delimiter)
            next(lines, None)
            yield from lines


def open_table(path: Path, known: Iterable[str] = ()) -> Table:
    """Recognise encoding and delimiter. `known` are names of columns, folded, that speak for a delimiter.

    Raises Unreadable.
    """
    encoding = _encoding_of(path)
    shapes = [Table(path, encoding, delimiter, _header(path, encoding, delimiter)) for delimiter in ",;\t"]
    known = set(known)
    best = max(shapes, key=lambda table: (len(known & set(map(column_key, table.columns))), len(table.columns)))
    keys = [column_key(name) for name in best.columns]
    twice = sorted({name for name, key in zip(best.columns, keys, strict=True) if key and keys.count(key) > 1})
    if twice:
        raise Unreadable(_("Line 1: the column “%(name)s” is there twice.", name=twice[0]))
    return best


def column_key(name: str) -> str:
    """Names of columns are compared without case, blanks and signs."""
    return re.sub(r"[\W_]+", "", name.casefold())


def match_columns(
    table: Table, names: Mapping[str, Sequence[str]], *, needed: Sequence[str], mapping: Mapping[str, str]
) -> dict[str, int]:
    """Which column holds what: by `mapping` (our name → theirs), else by the first of our `names` that is there.

    Raises Unreadable when a needed one is missing or the mapping names what is not there.
    """
    keys = [column_key(name) for name in table.columns]
    places: dict[str, int] = {}
    for ours, theirs in mapping.items():
        if ours not in names:
            raise Unreadable(_("There is no field “%(name)s”. There are: %(known)s", name=ours, known=", ".join(names)))
        if column_key(theirs) not in keys:
            raise Unreadable(_no_column(theirs, table))
        places[ours] = keys.index(column_key(theirs))
    for ours, known in names.items():
        there = [keys.index(key) for key in map(column_key, known) if key in keys]
        free = [place for place in there if place not in places.values()]
        if ours not in places and free:
            places[ours] = free[0]
    missing = [name for name in needed if name not in places]
    if missing:
        raise Unreadable(_no_column(missing[0], table))
    return places


def _no_column(name: str, table: Table) -> str:
    there = ", ".join(column for column in table.columns if column) or "–"
    text: str = _("Line 1: there is no column “%(name)s”. There are: %(there)s", name=name, there=there)
    return text


def _encoding_of(path: Path) -> str:
    """UTF-8 or UTF-16 by their marks, UTF-8 when the whole file is, else Windows-1252 or Latin-1."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise Unreadable(_("The file is empty."))
    for mark, name in MARKS:
        if start.startswith(mark):
            return name if _is_all(path, name) else _not_as_marked(name)
    if start.count(b"\x00") > len(start) // 4:
        return "utf-16-le" if start[1::2].count(b"\x00") > start[::2].count(b"\x00") else "utf-16-be"
    return next(name for name in ("utf-8", "cp1252", "latin-1") if _is_all(path, name))


def _not_as_marked(name: str) -> str:
    raise Unreadable(_("The file says that it is written in %(name)s, but it is not.", name=name))


def _is_all(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _header(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    with path.open(encoding=encoding, newline="") as file:
        first = next(_lines(file, delimiter), None)
    return tuple(name.strip().strip("\x00") for name in first[1]) if first else ()


def _lines(file: IO[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_not_too_long(file), delimiter=delimiter, strict=True)
    while True:
        begin = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as error:
            raise Unreadable(_why(error, begin)) from error
        if row:
            yield begin, row


def _why(error: Exception, line: int) -> str:
    text = str(error)
    reason: str = _("Line %(line)s cannot be read: %(reason)s.", line=line, reason=text)
    if "unexpected end" in text:
        reason = _("Line %(line)s: a quotation mark is opened here and never closed.", line=line)
    elif "field limit" in text or "too long" in text:
        reason = _(
            "Line %(line)s: a cell has more than %(most)s characters. Is a quotation mark open?",
            line=line, most=LARGEST_CELL,
        )  # fmt: skip
    elif "expected after" in text:
        reason = _(
            "Line %(line)s: a quotation mark stands inside a cell. Inside a cell it is written twice.", line=line
        )
    return reason


def _not_too_long(file: IO[str]) -> Iterator[str]:
    """Lines of a file, none of which can fill the memory."""
    while line := file.readline(4 * LARGEST_CELL):
        if len(line) >= 4 * LARGEST_CELL:
            raise csv.Error("line too long")
        yield line


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula.

    A text that begins like one – with `=`, `+`, `-`, `@`, also after blanks, or with a tab or line end – gets an
    apostrophe in front, and so does one that begins with an apostrophe. Taking away one leading apostrophe therefore
    always gives back what was stored. Numbers stay as they are.
    """
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and FORMULA.match(text) else text


def csv_line(values: Sequence[object]) -> str:
    """One line of a table with commas, every text safe."""
    cells = [safe_cell(value) for value in values]
    return ",".join(_quoted(cell) for cell in cells) + "\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if re.search(r'[",;\t\r\n]|^\s|\s$', cell) else cell
