from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype


class PitchPlan(Model):
    """How the teams present: minutes, breaks and rooms, and the seed by which the order was drawn."""

    __tablename__ = "pitch_plans"
    __table_args__ = (CheckConstraint("minutes >= 1 AND change_minutes >= 0", name="minutes"),)

    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), primary_key=True)
    hackathon: Mapped[Hackathon] = relationship()
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int] = mapped_column(default=3)
    change_minutes: Mapped[int] = mapped_column(default=2)  # between two teams
    rooms: Mapped[str] = mapped_column(String(500), default="")  # one a line
    seed: Mapped[str] = mapped_column(String(80), default="")  # published, so that anyone can draw again
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)


class Pitch(Model):
    """One team's minutes on the stage."""

    __tablename__ = "pitches"
    __table_args__ = (
        UniqueConstraint("prototype_id"),
        UniqueConstraint("hackathon_id", "room", "position"),
        CheckConstraint("state IN ('planned', 'running', 'done', 'absent')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"))
    prototype: Mapped[Prototype] = relationship()
    room: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default="planned")
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
