from typing import Protocol

from ideenlab.core.db import Model, db
from ideenlab.history.models import Entry


class Actor(Protocol):
    id: int


def record(actor: Actor | None, deed: str, thing: Model, *, note: str = "") -> None:
    """Write down who did what: `record(person, "ideas.supported", idea)`. Never points, codes or addresses."""
    db.session.flush()
    number: int = thing.id  # type: ignore[attr-defined]
    entry = Entry(
        actor_id=actor.id if actor else None, deed=deed, thing=thing.__tablename__, thing_id=number, note=note[:500]
    )
    db.session.add(entry)
