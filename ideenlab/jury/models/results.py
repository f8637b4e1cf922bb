from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon


class Result(Model):
    """A ranking, frozen. Sealed for the ceremony until `published_at`; the latest that is not withdrawn holds."""

    __tablename__ = "results"
    __table_args__ = (
        UniqueConstraint("hackathon_id", "number"),
        CheckConstraint("audience IN ('everybody', 'teams')", name="audience"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawal_reason <> ''", name="withdrawal_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    number: Mapped[int]
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who sealed or published it
    published_by: Mapped[Person | None] = relationship(foreign_keys=published_by_id)
    audience: Mapped[str] = mapped_column(String(10), default="everybody")  # of the protocol; the hash is for everybody
    protocol: Mapped[str] = mapped_column(Text)  # canonical JSON with all intermediate figures
    sha256: Mapped[str] = mapped_column(String(64))  # of `protocol`
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=withdrawn_by_id)
    withdrawal_reason: Mapped[str] = mapped_column(String(500), default="")


class Reveal(Model):
    """A place of a prize that was shown on stage, and is public from then on. Prize 0 is the order as a whole."""

    __tablename__ = "reveals"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    prize: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # its number in the protocol
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revealed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
