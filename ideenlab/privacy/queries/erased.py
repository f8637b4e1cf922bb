"""Who was erased: by number in the log, and beside the database in a list that a restored backup does not take back."""

import csv
import re
from pathlib import Path

from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.core.security import city
from ideenlab.history.models import Entry

NOTED = re.compile(r"(\w+) ([0-9a-f]{16})")  # way and check value, as the log notes them


def list_of_erased() -> Path:
    return city().instance / "erased.csv"


def listed_rows() -> list[tuple[str, str, str]]:
    """Number, check value and way of each in the list; none where it cannot be read."""
    try:
        with list_of_erased().open(newline="", encoding="ascii") as file:
            return [(row[0], row[1], row[2]) for row in csv.reader(file) if len(row) == 3]
    except OSError:
        return []


def unlisted_rows() -> list[tuple[str, str, str]]:
    """Those whom the log names and the list does not: it could not be written then."""
    noted = select(Entry.thing_id, Entry.note).where(Entry.deed == "privacy.erased").order_by(Entry.id)
    found = ((number, NOTED.fullmatch(note)) for number, note in db.session.execute(noted))
    listed = set(listed_rows())
    rows = [(str(number), match[2], match[1]) for number, match in found if match]
    return [row for row in rows if row not in listed]
