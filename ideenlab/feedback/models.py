from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.jury.models import Ballot
from ideenlab.prototypes.models import Prototype


class Feedback(Model):
    """What the jury says to one team, once an organiser has read it and let it go."""

    __tablename__ = "feedback"

    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), primary_key=True)
    prototype: Mapped[Prototype] = relationship()
    released_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    released_by: Mapped[Person | None] = relationship()


class WithheldText(Model):
    """A text of a ballot that an organiser keeps back from the team, and why. Nobody rewrites what a juror wrote."""

    __tablename__ = "withheld_texts"
    __table_args__ = (CheckConstraint("part IN ('strength', 'second_strength', 'next_step', 'comment')", name="part"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id", ondelete="CASCADE"), primary_key=True)
    ballot: Mapped[Ballot] = relationship()
    part: Mapped[str] = mapped_column(String(16), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    withheld_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withheld_by: Mapped[Person | None] = relationship()
    withheld_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
