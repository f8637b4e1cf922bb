"""Everything that is stored of one person, by the table of whose rows are whose."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, false, func, or_, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import Model, UtcDateTime, db
from ideenlab.core.i18n import gettext as _
from ideenlab.files.models import StoredFile
from ideenlab.history.models import Entry
from ideenlab.privacy.queries.whose import WHOSE, Addressed, By, Shared, Under, Way

Row = dict[str, Any]
# Who knows one of these could act as the person: that it is stored is told, not what it is
SECRET = re.compile(r"(_|^)(hash|secret|code|key)$|^(totp_last_step|qr_text|unsubscribe_url|save_id)$")
LINK, CODE = re.compile(r"https?://\S+"), re.compile(r"\b\d[\d \u00a0-]{4,}\d\b")
NUMBERS_OF_PEOPLE = {"history.actor_id", "files.owner_id"}  # these tables lie below the people, and name them so
OF_A_GUARDIAN = {"guardian_name", "guardian_email"}
TELLING = {"id", "state", "kind", "deed", "thing", "thing_id"}


@dataclass(frozen=True)
class Own:
    """`tables`: rows that are the person's. `handled`: of rows that are somebody else's only that, what and when."""

    tables: dict[str, list[Row]]
    handled: dict[str, list[Row]]
    files: list[StoredFile]
    stored: frozenset[str]  # `table.column` of everything that is not empty, the secrets too
    amounts: dict[str, int]  # how many rows hold something in `table.column`


def own_data(person: Person) -> Own:
    tables: dict[str, list[Row]] = {}
    amounts: dict[str, int] = {}
    for name in WHOSE:
        table = Model.metadata.tables[name]
        found = db.session.execute(select(table).where(is_of(table, person)).order_by(*table.primary_key)).mappings()
        rows = []
        for row in found:
            rows.append({key: value for key, value in _given(table, row, person)})
            for key, value in row.items():
                if value not in (None, ""):
                    amounts[f"{name}.{key}"] = amounts.get(f"{name}.{key}", 0) + 1
        if rows:
            tables[name] = rows
    _name_friends(tables.get("friend_wishes", []))
    files = db.session.scalars(
        select(StoredFile).where(StoredFile.owner_id == person.id, StoredFile.state == "whole").order_by(StoredFile.id)
    )
    return Own(tables, dict(_handled(person)), list(files), frozenset(amounts), amounts)


def is_of(table: Table, person: Person) -> ColumnElement[bool]:
    """Whether a row of this table is the person's."""
    return or_(*(_by_way(table, way, person) for way in WHOSE[table.name]))


def _by_way(table: Table, way: Way, person: Person) -> ColumnElement[bool]:
    match way:
        case By(column):
            return table.c[column] == person.id
        case Addressed(column):
            if not person.email:  # what lost its address is not theirs
                return false()
            return func.lower(table.c[column]) == person.email.lower()
        case Under(column):
            above = next(iter(table.c[column].foreign_keys)).column
            return table.c[column].in_(select(above).where(is_of(above.table, person)))
        case Shared(name, column):
            other = Model.metadata.tables[name]
            here = next(iter(other.c[column].foreign_keys)).column
            return table.c[here.name].in_(select(other.c[column]).where(is_of(other, person)))


def names_people(column: Column[Any]) -> bool:
    of_people = any(key.column.table.name == "people" for key in column.foreign_keys)
    return of_people or f"{column.table.name}.{column.name}" in NUMBERS_OF_PEOPLE


def _given(table: Table, row: Any, person: Person) -> Iterator[tuple[str, Any]]:
    """What goes out of a row: no secrets, and nobody else."""
    for column in table.columns:
        value = row[column.name]
        if SECRET.search(column.name):
            continue
        if names_people(column) and value != person.id and column.name != "friend_id":
            continue
        if value and column.name in OF_A_GUARDIAN:
            value = _("is stored; it is not shown here, because it is about another person")
        if table.name == "mails" and isinstance(value, str):
            value = CODE.sub("[…]", LINK.sub("[…]", value))  # links and codes that sign in
        yield column.name, value


def _name_friends(wishes: Iterable[Row]) -> None:
    """With whom somebody wants to work is named as everybody sees it."""
    people = Person.__table__.c
    numbers = {wish["friend_id"] for wish in wishes}
    named = select(people.id, people.pseudonym).where(people.id.in_(numbers))
    names = {number: name for number, name in db.session.execute(named)} if numbers else {}
    for wish in wishes:
        wish["friend"] = names.get(wish.pop("friend_id"), "")


def _handled(person: Person) -> Iterator[tuple[str, list[Row]]]:
    """Where the person is named in rows that are not theirs: decided, typed in, checked, assigned."""
    for table in Model.metadata.sorted_tables:
        owning = {way.column for way in WHOSE.get(table.name, ()) if isinstance(way, By)}
        for column in table.columns:
            if not names_people(column) or column.name in owning:
                continue
            told = [each for each in table.columns if _tells_of_a_deed(each)]
            found = db.session.execute(select(*told).where(column == person.id).order_by(*table.primary_key)).mappings()
            if rows := [dict(row) for row in found]:
                yield f"{table.name}.{column.name}", rows


def _tells_of_a_deed(column: Column[Any]) -> bool:
    """Which row, what and when: never what stands in it."""
    return column.primary_key or column.name in TELLING or isinstance(column.type, UtcDateTime)


def takings_since(person: Person, moment: datetime) -> int:
    """How often this person has taken their data since then."""
    taken = select(func.count()).where(Entry.actor_id == person.id, Entry.deed == "privacy.data_taken")
    return db.session.scalar(taken.where(Entry.at >= moment)) or 0
