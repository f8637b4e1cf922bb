"""Somebody is erased: what is theirs goes, what others build on stays without them. See docs/decisions/0020."""

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Table, delete, insert, select, update

from ideenlab.accounts.actions import give_everything_back
from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import administrators, find_person_by_pseudonym
from ideenlab.core.clock import now
from ideenlab.core.db import Model, db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import speaking
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.privacy.actions.contents import erase_comments, erase_ideas, hold_contents, leave_co_authors
from ideenlab.privacy.actions.remains import drop_files, empty_ballots, sweep
from ideenlab.privacy.actions.remembering import check_value, remember_erased
from ideenlab.privacy.queries import is_of, names_people
from ideenlab.privacy.rules import COUNTED, FATES, GOES, Emptied, may_erase

QUIETLY = {"synchronize_session": False}


def erase_person(actor: Person | None, *, person: Person, way: str) -> None:
    """Erase somebody: `everything`, or `nameless`, which leaves ideas and comments without a name. Cannot be undone.

    Whoever writes something of this person at the same moment comes before, and is erased too, or comes after, and is
    refused: the row that everything of a person points to is locked, and then gone.
    """
    administrators(locked=True)
    require(may_erase(actor, person=person))
    hold_contents(person)
    give_everything_back(person)
    record(actor, "privacy.erased", person, note=f"{way} {check_value(person)}")
    remember_erased(person, way=way)
    number, marks, since = person.id, (person.pseudonym, person.email or ""), person.created_at
    db.session.scalar(select(Person.id).where(Person.id == number).with_for_update())
    erase_comments(person, way=way)
    erase_ideas(person, way=way)
    leave_co_authors(person)
    empty_ballots(person, way=way)
    for table in reversed(Model.metadata.sorted_tables):
        _meet_fate(table, person, way)
    _let_go(number)
    drop_files(number)
    sweep(number, *marks, since=since)
    db.session.execute(delete(Person).where(Person.id == number), execution_options=QUIETLY)
    db.session.expunge_all()


def _meet_fate(table: Table, person: Person, way: str) -> None:
    fate = FATES.get(table.name)
    if fate is GOES:
        db.session.execute(delete(table).where(is_of(table, person)))
    elif isinstance(fate, Emptied):
        values = fate.values | (fate.words if way == "everything" else {})
        if values:
            db.session.execute(update(table).where(is_of(table, person)).values(values))


def _let_go(number: int) -> None:
    """Nothing names this person any more."""
    counted, worked = _nobody(), _nobody()
    for table, column in references():
        if FATES.get(table.name) is COUNTED:
            value: int | None = counted
        else:
            value = None if column.nullable else worked
        if table.name in ("friend_wishes", "team_approaches"):  # with whom others wanted to be, and in whose words
            db.session.execute(delete(table).where(column == number))
        else:
            db.session.execute(update(table).where(column == number).values({column.name: value}))


def references() -> Iterable[tuple[Table, Column[Any]]]:
    """Every column that names somebody, but for the log: what it keeps is a number, and nobody behind it."""
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if names_people(column) and table.name != "history":
                yield table, column


def _nobody() -> int:
    """A row without address, password or name, which nobody is and nobody signs in to."""
    with speaking("de"):
        while find_person_by_pseudonym(name := _("Erased %(number)s", number=f"{secrets.randbelow(10**8):08d}")):
            pass
    row = {
        "pseudonym": name, "pseudonym_folded": fold(name), "age_band": "adult", "state": "closed", "language": "de",
        "totp_last_step": 0, "is_guest": False, "suspended_reason": "", "is_demo": False, "is_trial": False,
        "created_at": now(),
    }  # fmt: skip
    return int(db.session.scalar(insert(Person).values(row).returning(Person.id)) or 0)
