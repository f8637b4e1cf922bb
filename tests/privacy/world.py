"""Two people who are everywhere: one row of each of them in every table, with a mark in every text.

`second` is as near to `first` as rows can be: what is not theirs by the table WHOSE points to a row of `first`, and
each has handled what is the other's.
"""

import io
import re
from datetime import date
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Integer,
    PrimaryKeyConstraint,
    String,
    TypeDecorator,
    UniqueConstraint,
    insert,
)

from ideenlab.core.clock import now
from ideenlab.core.db import Model, db, transaction
from ideenlab.core.storage import storage
from ideenlab.privacy.queries.own import names_people
from ideenlab.privacy.queries.whose import WHOSE, Addressed, By, Under

ONE_OF = re.compile(r"^(\w+) IN \((?:'', *)?'(\w+)'")
MARKS = ("Amsel", "Birke")
GIVEN = {
    "files.state": "whole",
    "after_notes.months": 6,
    "jury_rounds.number": {"Amsel": 2, "Birke": 3},
    "jury_rules.highest_half_points": 10,
    "ballot_revisions.content": {
        mark: f'{{"note": "{mark}-note", "excuses": {{"1": "{mark}-excuse"}}}}' for mark in MARKS
    },
    "paper_ballots.content": {mark: f'{{"comment": "{mark}-comment"}}' for mark in MARKS},
    "paper_ballots.checked_content": {mark: f'{{"comment": "{mark}-comment"}}' for mark in MARKS},
    "people.language": "de",
    "reports.language": "de",
}


class Marked:
    """`marked.rows[table]` is the row of this person; `marked.texts` has every mark by `table.column`."""

    def __init__(self, person, mark):
        self.person, self.mark, self.rows, self.texts = person, mark, {}, {}


def two_people_everywhere(first, second):
    one, two = Marked(first, "Amsel"), Marked(second, "Birke")
    with transaction():
        for table in Model.metadata.sorted_tables:
            if table.name in ("people", "likely_duplicates") or table.name.startswith("search_"):
                continue
            for marked, other in ((one, two), (two, one)):
                if marked is two and table.name not in WHOSE:
                    two.rows[table.name] = one.rows[table.name]
                    continue
                values = {c.name: _value(c, marked, other, one) for c in table.columns if not _is_left_out(c)}
                key = db.session.execute(insert(table).values(values).returning(*table.primary_key)).one()
                marked.rows[table.name] = {**values, **key._mapping}
    return one, two


def _is_left_out(column):
    """Numbers that the database gives, and points beside which no excuse may stand."""
    return column is column.table.autoincrement_column or str(column) == "scores.half_points"


def _value(column, marked, other, one):
    name, ways = f"{column.table.name}.{column.name}", WHOSE.get(column.table.name, ())
    own = {way.column for way in ways if isinstance(way, By | Under)}
    if names_people(column):
        return (marked if column.name in own or column.table.name not in WHOSE else other).person.id
    if any(way.column == column.name for way in ways if isinstance(way, Addressed)):
        return marked.person.email
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None
        whose = marked if column.name in own or _must_differ(column, own) else one
        return whose.rows[key.column.table.name][key.column.name]
    if name == "files.key":
        return storage().put(io.BytesIO(marked.mark.encode()))
    given = GIVEN.get(name)
    return (given[marked.mark] if isinstance(given, dict) else given) or _checked(column) or _plain(column, marked)


def _must_differ(column, own):
    """Where the database refuses two rows that point to the same."""
    constraints = (
        each for each in column.table.constraints if isinstance(each, UniqueConstraint | PrimaryKeyConstraint)
    )
    sets = [*constraints, *(each for each in column.table.indexes if each.unique)]
    return any(column.name in each.columns and not own & set(each.columns.keys()) for each in sets)


def _checked(column):
    found = (ONE_OF.match(str(each.sqltext)) for each in column.table.constraints if isinstance(each, CheckConstraint))
    return next((match[2] for match in found if match and match[1] == column.name), None)


def _plain(column, marked):
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if column.type.__class__.__name__ == "ExactDecimal":
        return Decimal(1)
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, DateTime):
        return now()
    if isinstance(kind, Date):
        return date(2026, 11, 23)
    if isinstance(kind, Integer):
        return 1
    if column.name == "language":
        return "de"
    assert isinstance(kind, String), column
    text = f"{marked.mark}-{len(marked.texts)}. {column}"[: kind.length]
    marked.texts[f"{column.table.name}.{column.name}"] = text
    return text
