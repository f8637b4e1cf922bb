"""Ideas from another system's table. First everything is read, checked and rendered without a transaction, into a
file on disk; then it is stored in one short transaction. So a large import keeps nobody waiting, needs little memory,
and is there whole or not at all.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import IO, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ideenlab.core.clock import now
from ideenlab.core.htmltext import markdown_from_html
from ideenlab.core.i18n import city_zone
from ideenlab.core.i18n import gettext as _
from ideenlab.core.tables import Table, Unreadable
from ideenlab.core.text import clean_line, clean_text, excerpt, fold, render_markdown
from ideenlab.programme.models import Topic

AT_ONCE = 500
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LABEL, LONGEST_NUMBER, LONGEST_ADDRESS = 120, 20_000, 80, 80, 500
COLUMNS = {
    "title": ("title", "titel", "betreff", "ueberschrift", "überschrift", "name"),
    "text": ("text", "beschreibung", "inhalt", "description", "body", "idee"),
    "category": ("category", "kategorie", "thema", "topic", "rubrik"),
    "external_id": ("external_id", "externe_id", "id", "nummer", "nr", "number"),
    "created_at": ("created_at", "created", "erstellt", "erstellt_am", "datum", "date", "zeitpunkt"),
    "source_url": ("source_url", "url", "quelle", "link", "source"),
}
NEEDED = ("title", "text")
DATES = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%d.%m.%Y")


@dataclass
class Report:
    """What became of every row: `read` is the sum of `ready` and the rows in `left_out`."""

    read: int = 0
    ready: int = 0
    added: int = 0
    known: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)
    changed: list[tuple[int, str]] = field(default_factory=list)


class _LeftOut(Exception):
    """This row becomes no idea. The message says why."""


class Preparation:
    """Reads a table row by row and keeps what is ready to be stored in a file on disk."""

    def __init__(self, columns: Mapping[str, int], topics: Mapping[str, Topic]) -> None:
        self.columns, self.width = columns, 0
        self.topics = {fold(category): topic.id for category, topic in topics.items()}
        self.started = now()
        self.zone = ZoneInfo(city_zone())
        self.report = Report()
        self.numbers: dict[str, int] = {}  # external number -> line
        self.contents: dict[bytes, int] = {}  # title and text -> line
        self.file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (until `close`)

    def read(self, table: Table, progress: Callable[[int], None] = lambda read: None) -> Report:
        """Check and render every row. Raises Unreadable where the table itself is broken."""
        self.width = len(table.columns)
        for line, row in table.rows():
            self.report.read += 1
            try:
                idea = self._idea(line, row)
            except _LeftOut as reason:
                self.report.left_out.append((line, str(reason)))
            else:
                self.file.write(json.dumps(idea) + "\n")
                self.report.ready += 1
            progress(self.report.read)
        if not self.report.read:
            raise Unreadable(_("The file has a first line with names, but no rows."))
        return self.report

    def ideas(self) -> Iterator[list[dict[str, Any]]]:
        """What is ready, in pieces."""
        self.file.seek(0)
        while piece := [json.loads(line) for line in islice(self.file, AT_ONCE)]:
            yield piece

    def close(self) -> None:
        self.file.close()

    def _idea(self, line: int, row: list[str]) -> dict[str, Any]:
        if len(row) != self.width:
            raise _LeftOut(_("%(count)s cells where the first line has %(width)s", count=len(row), width=self.width))
        if any("\x00" in cell for cell in row):
            raise _LeftOut(_("a character that is no text (NUL)"))
        cells = {name: row[place] for name, place in self.columns.items()}
        title, text = clean_line(markdown_from_html(cells["title"])), clean_text(markdown_from_html(cells["text"]))
        if not text:
            raise _LeftOut(_("no text"))
        if len(text) > LONGEST_TEXT:
            raise _LeftOut(_("the text has %(count)s characters, at most %(most)s", count=len(text), most=LONGEST_TEXT))
        number = self._number(line, cells, title, text)
        created = self._moment(cells.get("created_at", ""))
        title, text = self._title(line, title, text)
        return {
            **self._category(clean_line(cells.get("category"))),
            "title": title, "text": text, "text_html": render_markdown(text), "excerpt": excerpt(text),
            "external_id": number, "source_url": self._address(line, cells.get("source_url", "")),
            "created_at": created.isoformat(),
        }  # fmt: skip

    def _number(self, line: int, cells: Mapping[str, str], title: str, text: str) -> str:
        """The number of the other system; without one, a fingerprint, so that a second import finds it again."""
        content = hashlib.sha256(f"{title}\x00{text}".encode()).digest()[:16]
        if content in self.contents:
            raise _LeftOut(_("the same title and text as line %(line)s", line=self.contents[content]))
        number = clean_line(cells.get("external_id")) or f"row-{content.hex()}"
        if len(number) > LONGEST_NUMBER:
            raise _LeftOut(_("a number of more than %(most)s characters", most=LONGEST_NUMBER))
        if number in self.numbers:
            raise _LeftOut(
                _("the number “%(number)s” stands already on line %(line)s", number=number, line=self.numbers[number])
            )
        self.contents[content] = self.numbers[number] = line
        return number

    def _title(self, line: int, title: str, text: str) -> tuple[str, str]:
        if not title:
            self._note(line, _("no title; the text's beginning is used"))
            return excerpt(text, LONGEST_TITLE - 2), text
        if len(title) <= LONGEST_TITLE:
            return title, text
        self._note(line, _("the title was cut; it stands whole above the text"))
        return excerpt(title, LONGEST_TITLE - 2), f"{title}\n\n{text}"

    def _moment(self, typed: str) -> datetime:
        """When it was given. Times without a zone are times of the city."""
        typed = clean_line(typed)
        if not typed:
            return self.started
        moment = _read_moment(typed)
        if moment is None:
            raise _LeftOut(_("the date “%(date)s” cannot be read; write 2027-06-25 or 25.06.2027", date=typed[:40]))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        if not 1970 <= moment.year <= 9998 or moment > self.started:
            raise _LeftOut(_("the date “%(date)s” is before 1970 or in the future", date=typed[:40]))
        return moment

    def _category(self, name: str) -> dict[str, Any]:
        topic = self.topics.get(fold(name)) if name else None
        return {"topic_id": topic, "label": "" if topic else name[:LONGEST_LABEL]}

    def _address(self, line: int, address: str) -> str:
        address = clean_line(address)
        if address and not _is_address(address):
            self._note(line, _("the address of the source is not a link and was left out"))
            return ""
        return address

    def _note(self, line: int, text: str) -> None:
        self.report.changed.append((line, text))


def _read_moment(typed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(typed)
    except ValueError:
        pass
    for form in DATES:
        try:
            return datetime.strptime(typed, form)
        except ValueError:
            continue
    return None


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    fits = len(address) <= LONGEST_ADDRESS and " " not in address
    return fits and parts.scheme in ("http", "https") and bool(parts.hostname)
