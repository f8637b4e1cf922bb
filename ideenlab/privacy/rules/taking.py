"""What of the table applies to one person, and how often they may take it with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.privacy.queries import Own, Row, takings_since
from ideenlab.privacy.rules.parts import Purpose

MOST_TAKINGS, WITHIN = 5, timedelta(hours=1)
SHOWN = ("pseudonym", "email", "guardian_email", "age_band", "language")  # a page may show these, they are short


@dataclass(frozen=True)
class Held:
    """What is stored for one purpose: how many entries, and where they stand in the file."""

    purpose: Purpose
    amount: int
    tables: tuple[str, ...]


def may_take_data(actor: Person | None, *, at: datetime) -> Verdict:
    if actor is None:
        return no(_("Please sign in."))
    if takings_since(actor, at - WITHIN) >= MOST_TAKINGS:
        return no(
            _("You have taken your data %(count)s times within an hour. Please wait an hour.", count=MOST_TAKINGS)
        )
    return YES


def held_for(purposes: tuple[Purpose, ...], own: Own) -> list[Held]:
    """The purposes for which something of the person is there."""
    found = [Held(purpose, _amount(purpose, own), tuple(_tables(purpose, own))) for purpose in purposes]
    return [held for held in found if held.amount]


def _amount(purpose: Purpose, own: Own) -> int:
    """Rows, not columns: an idea with place and title is one entry."""
    most: dict[str, int] = {}
    for column in purpose.columns:
        table = column.partition(".")[0]
        handled = len(own.handled.get(column, ()))
        most[table] = max(most.get(table, 0), own.amounts.get(column, 0), handled)
    return sum(most.values())


def _tables(purpose: Purpose, own: Own) -> Iterator[str]:
    seen = {column.partition(".")[0] for column in purpose.columns if column in own.stored}
    return iter(sorted(seen))


def entries_of(purpose: Purpose, own: Own) -> list[tuple[str, Row]]:
    """For reading: each entry of a purpose with the columns that it names and the times."""
    entries = []
    for table in _tables(purpose, own):
        names = {column.partition(".")[2] for column in purpose.columns if column.startswith(f"{table}.")}
        for row in own.tables.get(table, ()):
            shown = {key: value for key, value in row.items() if _is_read(key, value, names)}
            if any(key in names for key in shown):
                entries.append((table, shown))
    return entries


def _is_read(key: str, value: object, names: set[str]) -> bool:
    if value in (None, "") or key.endswith(("_html", "_folded", "_id")):
        return False
    return key in names or isinstance(value, datetime) or key in ("state", "kind")
