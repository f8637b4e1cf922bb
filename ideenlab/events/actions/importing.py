"""Events of a table into the programme. Whoever runs it again with the same table changes nothing."""

import hashlib
from dataclasses import replace
from typing import Any

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.events.actions.moving import WHEN_AND_WHERE
from ideenlab.events.actions.reading import Preview, Row
from ideenlab.events.models import Event, Venue
from ideenlab.events.queries import find_venue
from ideenlab.events.rules import may_manage_events
from ideenlab.history.actions import record
from ideenlab.programme.models import Edition


def import_events(
    organiser: Person | None, *, edition: Edition, preview: Preview, publish: bool, name: str = ""
) -> dict[str, int]:
    """Store what a preview found. Gives how many are new and changed. By command nobody in particular acts.

    New events are published at once, or drafts. Who signed up is told of another time or place, by the worker.
    """
    if organiser:
        require(may_manage_events(organiser))
    for row in preview.having("new"):
        _add(row, publish=publish)
    for row in preview.having("changed"):
        _change(row)
    done = {outcome: len(preview.having(outcome)) for outcome in ("new", "changed", "same")}
    if done["new"] or done["changed"]:
        record(organiser, "events.imported", edition, note=f"{done['new']} + {done['changed']}: {name}")
    db.session.flush()
    return done


def fingerprint(preview: Preview) -> str:
    """What was shown before the second press. It is another one as soon as anything would happen otherwise."""
    shown = [
        (row.line, row.outcome, row.external_id, repr(_values(row)), row.event.revision if row.event else 0)
        for row in preview.rows
    ]  # fmt: skip
    return hashlib.sha256(repr((shown, preview.refused)).encode()).hexdigest()


def _values(row: Row) -> list[tuple[str, object]]:
    things = ("edition", "partner", "topic", "venue")
    values = {**vars(row.plan), "further": (), "place": row.venue}
    if row.event is None:
        values.pop("sign_up_until")
    return [(name, getattr(value, "id", None) if name in things else value) for name, value in sorted(values.items())]


def _add(row: Row, *, publish: bool) -> None:
    event = Event(**_columns(row), external_id=row.external_id)
    if publish:
        event.state, event.published_at = "published", now()
    db.session.add(event)
    db.session.flush()


def _change(row: Row) -> None:
    event = row.event
    assert event
    columns = _columns(row)
    moved = event.state == "published" and any(getattr(event, name) != columns[name] for name in WHEN_AND_WHERE)
    if moved:
        columns |= {"sequence": event.sequence + 1, "moved_at": now()}
    for name, value in columns.items():
        setattr(event, name, value)
    event.revision, event.changed_at = event.revision + 1, now()
    db.session.flush()


def _columns(row: Row) -> dict[str, Any]:
    plan = row.plan
    if plan.venue is None and row.venue[0]:
        plan = replace(plan, venue=_venue(*row.venue))
    return plan.columns()


def _venue(title: str, address: str) -> Venue:
    """One may stand on several lines of the table."""
    found = find_venue(title)
    if found is None:
        found = Venue(title=title, title_folded=fold(title), address=address)
        db.session.add(found)
        db.session.flush()
    return found
