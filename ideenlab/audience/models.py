from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype


class AudiencePrize(Model):
    """The vote of the hall and of the stream. Its counts are sealed until they are released."""

    __tablename__ = "audience_prizes"

    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), primary_key=True)
    hackathon: Mapped[Hackathon] = relationship()
    title: Mapped[str] = mapped_column(String(120))
    voting_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voting_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    released_by: Mapped[Person | None] = relationship()
    protocol: Mapped[str] = mapped_column(Text, default="")  # canonical JSON of both groups, once released
    sha256: Mapped[str] = mapped_column(String(64), default="")  # of `protocol`
    revision: Mapped[int] = mapped_column(default=1)


class AudienceCode(Model):
    """A right to vote once: printed for the hall, or given to one person who follows the stream.

    Which code voted for what is kept nowhere: the vote is a row of its own without the code.
    """

    __tablename__ = "audience_codes"
    __table_args__ = (
        UniqueConstraint("code_hash"),
        UniqueConstraint("hackathon_id", "person_id"),
        CheckConstraint("circle IN ('hall', 'stream')", name="circle"),
        Index("ix_audience_codes_hackathon_id_circle", "hackathon_id", "circle"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    circle: Mapped[str] = mapped_column(String(10))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    sheet: Mapped[int] = mapped_column(default=0)  # which printing it came with
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # a lost sheet


class AudienceCount(Model):
    """How many votes a prototype has from one circle, raised in the transaction that uses the code."""

    __tablename__ = "audience_counts"
    __table_args__ = (
        CheckConstraint("circle IN ('hall', 'stream')", name="circle"),
        CheckConstraint("votes >= 0", name="votes"),
    )

    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), primary_key=True)
    prototype: Mapped[Prototype] = relationship()
    circle: Mapped[str] = mapped_column(String(10), primary_key=True)
    votes: Mapped[int] = mapped_column(default=0)
