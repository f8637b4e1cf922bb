from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime


class Entry(Model):
    """Somebody did something. Kept by number, so that erasing a person leaves no name behind."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_thing_thing_id", "thing", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    actor_id: Mapped[int | None]  # None: a command or the clock
    deed: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
