from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype

LONGEST_MINUTE = 2000


class Deliberation(Model):
    """The talk about what the ballots say, opened by an organiser; until then nobody sees the points of others."""

    __tablename__ = "deliberations"

    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), primary_key=True)
    hackathon: Mapped[Hackathon] = relationship()
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_by: Mapped[Person | None] = relationship()
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Minute(Model):
    """A line of the minutes: about one prototype, or about all. Never changed; a later line corrects it."""

    __tablename__ = "minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), index=True)
    hackathon: Mapped[Hackathon] = relationship()
    prototype_id: Mapped[int | None] = mapped_column(ForeignKey("prototypes.id"))
    prototype: Mapped[Prototype | None] = relationship()
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    written_by: Mapped[Person | None] = relationship()
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
