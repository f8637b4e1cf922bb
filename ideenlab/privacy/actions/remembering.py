"""Who was erased, by number, beside the database: a backup that is restored brings them back, and they go again."""

import csv
import hashlib
from collections.abc import Iterable

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person
from ideenlab.core.db import after_commit
from ideenlab.privacy.queries import list_of_erased, listed_rows, unlisted_rows


def remember_erased(person: Person, *, way: str) -> None:
    """Once the transaction is kept. Where that fails, the log has the same, and `complete_list` writes it later."""
    row = (str(person.id), check_value(person), way)
    after_commit(lambda: _write([row]))


def complete_list() -> int:
    """Write down what could not be written; gives how many. Raises OSError where it still cannot."""
    rows = unlisted_rows()
    if rows:
        _write(rows)
    return len(rows)


def came_back() -> list[tuple[int, str]]:
    """Numbers and ways of people who were erased and are there again."""
    people = [(find_person(int(number)), check, way) for number, check, way in listed_rows()]
    return [(person.id, way) for person, check, way in people if person and check_value(person) == check]


def check_value(person: Person) -> str:
    """Keeps apart who got the same number after a restore."""
    return hashlib.sha256(f"{person.id} {person.created_at.isoformat()}".encode()).hexdigest()[:16]


def _write(rows: Iterable[tuple[str, str, str]]) -> None:
    with list_of_erased().open("a", newline="", encoding="ascii") as file:
        csv.writer(file).writerows(rows)
