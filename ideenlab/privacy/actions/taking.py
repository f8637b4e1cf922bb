"""What somebody may do with their own data."""

import json
from datetime import datetime
from typing import Any

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import machine_time
from ideenlab.core.packing import Packed
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.privacy.queries import Own, own_data
from ideenlab.privacy.rules import may_take_data


def take_data(actor: Person | None) -> Own:
    """Everything of the person who asks, to go with them. It is written down that they took it."""
    require(may_take_data(actor, at=now()))
    assert actor is not None
    record(actor, "privacy.data_taken", actor)
    db.session.flush()
    return own_data(actor)


def as_json(own: Own) -> list[Packed]:
    """One file for each table, and one for what the person only handled."""
    texts: list[Packed] = [(f"{name}.json", _written(rows)) for name, rows in own.tables.items()]
    if own.handled:
        texts.append(("handled.json", _written(own.handled)))
    return texts


def stored_files(own: Own) -> list[tuple[str, str, int]]:
    """Name inside, key and size; the number keeps two files of one name apart."""
    return [(f"dateien/{file.id}-{file.name}", file.key, file.size) for file in own.files]


def _written(rows: Any) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> str:
    return machine_time(value) if isinstance(value, datetime) else str(value)
