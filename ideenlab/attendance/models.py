"""A place at something that is held: what a hackathon's registration and an event's sign-up have in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import UtcDateTime

STATES = ("requested", "waiting", "offered", "registered", "cancelled", "refused")
HOLDING = ("offered", "registered")  # these are counted against the places
SOURCES = ("online", "group", "walk_in")
LIVING = ("requested", "waiting", "offered", "registered")


class Attendance:
    """The columns of one person's place. Mixed into the row that says where the place is.

    `requested` waits for an organiser, `waiting` for a place, `offered` holds a place until it is confirmed or lapses.
    """

    state: Mapped[str] = mapped_column(String(10), default="registered")
    source: Mapped[str] = mapped_column(String(10), default="online")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)  # the order of the waiting list
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ticket_code: Mapped[str | None] = mapped_column(String(16))  # on the ticket; shown at the door
    checked_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    no_show_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @declared_attr
    def checked_in_by_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("people.id"))

    @declared_attr
    def checked_in_by(cls) -> Mapped[Person | None]:
        return relationship(foreign_keys=[cls.checked_in_by_id])  # type: ignore[list-item]


@dataclass(frozen=True)
class Places:
    """Whose rows take whose places: a class with the mixin, and one with `places`, `registered_count`, `offer_hours`,
    `starts_at` and `ends_at`.

    `holder_name` is the relationship from a row to its holder. A row for which `bound` holds keeps its place.
    """

    row: Any
    holder: Any
    holder_name: str
    bound: Any = None

    @property
    def holder_id(self) -> Any:
        return getattr(self.row, f"{self.holder_name}_id")

    def holder_of(self, row: Any) -> Any:
        return getattr(row, self.holder_name)
