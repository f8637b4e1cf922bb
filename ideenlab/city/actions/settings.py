"""The settings of the city are changed on pages: a row wins over the environment, and without one that holds again."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.city.models import CitySetting
from ideenlab.city.queries import stored_settings
from ideenlab.city.rules import GROUPS, checked, may_change_settings
from ideenlab.city.rules.settings import OF_LAND
from ideenlab.core.clock import now
from ideenlab.core.db import after_commit, db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.settings import forget_settings
from ideenlab.core.storage import storage
from ideenlab.core.verdict import require
from ideenlab.files.actions import Drawn, keep_content
from ideenlab.files.models import StoredFile
from ideenlab.history.models import Entry


def change_settings(
    administrator: Person | None, *, group: str, given: Mapping[str, object], seen: str | None = None
) -> list[str]:
    """Keep one page of settings; gives the names of those that changed. Without a person it is a command that acts.

    `seen` is the mark of what the form showed: when somebody else has changed it meanwhile, nothing is written over.
    """
    if administrator is not None:
        require(may_change_settings(administrator))
    values = {name: checked(name, given.get(name)) for name in GROUPS[group]}
    stored = stored_settings(GROUPS[group], locked=True)
    if seen is not None and seen != stored.mark:
        raise Conflict(
            _("Somebody else has changed these settings while you were typing. Nothing of yours is saved yet."),
            mine=list(values.items()), stored=list(stored.values.items()),
        )  # fmt: skip
    changed = [name for name, value in values.items() if value != stored.values[name]]
    if "bundesland" in changed:
        changed += [name for name, value in stored_settings(OF_LAND, locked=True).values.items() if value]
    for name in changed:
        remember(administrator, name, values.get(name, ""))
    _note(administrator, changed)
    return changed


def remember(person: Person | None, name: str, value: str) -> None:
    """Write a row, without asking who may; every process knows it within seconds."""
    row = db.session.get(CitySetting, name)
    if row is None:
        row = CitySetting(name=name)
        db.session.add(row)
    row.value, row.changed_at, row.changed_by_id = value, now(), person.id if person else None
    db.session.flush()
    after_commit(forget_settings)


def keep_logo(administrator: Person, *, drawn: Sequence[Drawn]) -> None:
    """A picture that was drawn anew before this transaction. Its smallest width is enough for a logo."""
    require(may_change_settings(administrator))
    smallest, *others = drawn
    file = keep_content(smallest.content, owner_id=administrator.id)
    _forget_logo()
    for other in others:
        after_commit(lambda key=other.content.key: storage().delete(key))  # type: ignore[misc]
    remember(administrator, "city_logo", file.key)
    _note(administrator, ["city_logo"])


def remove_logo(administrator: Person) -> None:
    require(may_change_settings(administrator))
    _forget_logo()
    remember(administrator, "city_logo", "")
    _note(administrator, ["city_logo"])


def _forget_logo() -> None:
    row = db.session.get(CitySetting, "city_logo")
    file = db.session.scalar(select(StoredFile).where(StoredFile.key == row.value)) if row and row.value else None
    if file is not None:
        key = file.key
        db.session.delete(file)
        after_commit(lambda: storage().delete(key))


def _note(person: Person | None, names: Sequence[str]) -> None:
    """Which settings, never what they say: a name or an address must not stay in the log for ever."""
    if names:
        deed = {"deed": "city.settings_changed", "thing": "city_settings", "thing_id": 0}
        db.session.add(Entry(actor_id=person.id if person else None, note=", ".join(names)[:500], **deed))
        db.session.flush()
