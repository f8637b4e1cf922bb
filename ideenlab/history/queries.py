from collections.abc import Sequence

from sqlalchemy import select

from ideenlab.core.db import Model, db
from ideenlab.history.models import Entry


def entries_of(thing: Model, *, deed: str | None = None, most: int = 50) -> Sequence[Entry]:
    """What happened to a thing, newest first."""
    number: int = thing.id  # type: ignore[attr-defined]
    of_thing = select(Entry).where(Entry.thing == thing.__tablename__, Entry.thing_id == number)
    if deed:
        of_thing = of_thing.where(Entry.deed == deed)
    return db.session.scalars(of_thing.order_by(Entry.id.desc()).limit(most)).all()
