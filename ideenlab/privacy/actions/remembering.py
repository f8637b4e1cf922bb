"""Who was erased, by number, beside the database: a backup that is restored brings them back, and they go again."""

import csv
import hashlib
from pathlib import Path

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person
from ideenlab.core.db import after_commit
from ideenlab.core.security import city


def remember_erased(person: Person, *, way: str) -> None:
    """Once the transaction is kept. The check value keeps apart who got the same number after a restore."""
    row = (str(person.id), _check_value(person), way)

    def write() -> None:
        with _file().open("a", newline="", encoding="ascii") as file:
            csv.writer(file).writerow(row)

    after_commit(write)


def came_back() -> list[tuple[int, str]]:
    """Numbers and ways of people who were erased and are there again."""
    if not _file().exists():
        return []
    with _file().open(newline="", encoding="ascii") as file:
        rows = [row for row in csv.reader(file) if len(row) == 3]
    people = [(find_person(int(number)), check, way) for number, check, way in rows]
    return [(person.id, way) for person, check, way in people if person and _check_value(person) == check]


def _check_value(person: Person) -> str:
    return hashlib.sha256(f"{person.id} {person.created_at.isoformat()}".encode()).hexdigest()[:16]


def _file() -> Path:
    return city().instance / "erased.csv"
