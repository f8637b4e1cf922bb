from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime


class Barrier(Model):
    """A report, its number for who made it, and the city's answer."""

    __tablename__ = "barriers"
    __table_args__ = (
        UniqueConstraint("code_hash"),
        CheckConstraint("state IN ('open', 'answered')", name="state"),
        Index("ix_barriers_state_due_at", "state", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))  # of the ticket under which one finds the answer
    page: Mapped[str] = mapped_column(String(300), default="")  # where it happened
    text: Mapped[str] = mapped_column(String(2000))
    tools: Mapped[str] = mapped_column(String(300), default="")  # screen reader, browser, as somebody says it
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2), default="de")
    state: Mapped[str] = mapped_column(String(10), default="open")
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_by: Mapped[Person | None] = relationship()
