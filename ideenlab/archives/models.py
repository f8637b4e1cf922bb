"""What remains of a hackathon."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.prototypes.models import Prototype

NOTE_MONTHS = (6, 12)


class AfterNote(Model):
    """What became of a prototype, half a year and a year later."""

    __tablename__ = "after_notes"
    __table_args__ = (
        UniqueConstraint("prototype_id", "months"),
        CheckConstraint(f"months IN {NOTE_MONTHS}", name="months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"))
    prototype: Mapped[Prototype] = relationship()
    months: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    written_by: Mapped[Person | None] = relationship()
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revision: Mapped[int] = mapped_column(default=1)
