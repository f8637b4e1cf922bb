from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import ExactDecimal, Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype

HIGHEST_SCALE = 10  # whole points
LONGEST_TEXT = 2000  # of a comment or note


class JuryRules(Model):
    """What holds for all ballots of a hackathon. Frozen with the first ballot that is saved."""

    __tablename__ = "jury_rules"
    __table_args__ = (
        CheckConstraint("lowest_half_points >= 0 AND highest_half_points > lowest_half_points", name="scale"),
        CheckConstraint("quorum >= 1", name="quorum"),
    )

    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), primary_key=True)
    hackathon: Mapped[Hackathon] = relationship()
    lowest_half_points: Mapped[int] = mapped_column(default=0)
    highest_half_points: Mapped[int] = mapped_column(default=10)
    quorum: Mapped[int] = mapped_column(default=3)
    revision: Mapped[int] = mapped_column(default=0)  # of the rules and criteria together

    @property
    def levels(self) -> range:
        """The whole points of the scale, in half points."""
        return range((self.lowest_half_points + 1) // 2 * 2, self.highest_half_points + 1, 2)


class Criterion(Model):
    """What the jury scores, with weight and a sentence for each whole point."""

    __tablename__ = "criteria"
    __table_args__ = (UniqueConstraint("hackathon_id", "position"), UniqueConstraint("hackathon_id", "title"))

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(String(300), default="")
    weight: Mapped[Decimal] = mapped_column(ExactDecimal)
    levels: Mapped[str] = mapped_column(Text, default="")  # one line for each whole point, from the lowest up


class Juror(Model):
    """One person on the jury of one hackathon. Comes by an invitation link and a code handed over in person."""

    __tablename__ = "jurors"
    __table_args__ = (UniqueConstraint("hackathon_id", "person_id"), UniqueConstraint("invitation_hash"))

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    name: Mapped[str] = mapped_column(String(80))
    organisation: Mapped[str] = mapped_column(String(120), default="")
    invitation_hash: Mapped[str | None] = mapped_column(String(64))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Ballot(Model):
    """One juror's scores for one prototype. Counts only when submitted."""

    __tablename__ = "ballots"
    __table_args__ = (
        UniqueConstraint("juror_id", "prototype_id"),
        CheckConstraint("state IN ('open', 'submitted')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("jurors.id"))
    juror: Mapped[Juror] = relationship()
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), index=True)
    prototype: Mapped[Prototype] = relationship()
    state: Mapped[str] = mapped_column(String(10), default="open")
    revision: Mapped[int] = mapped_column(default=0)
    comment: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")  # for the team
    note: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")  # only for the juror
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Score(Model):
    """The value of one criterion on a ballot: half points, or "no answer" with a reason. No row: not scored yet.

    A "no answer" whose reason is still empty does not finish a ballot.
    """

    __tablename__ = "scores"
    __table_args__ = (
        UniqueConstraint("ballot_id", "criterion_id"),
        CheckConstraint("half_points IS NULL OR half_points >= 0", name="half_points"),
        CheckConstraint("half_points IS NULL OR excuse = ''", name="scored_or_excused"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id", ondelete="CASCADE"))
    ballot: Mapped[Ballot] = relationship()
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"))
    criterion: Mapped[Criterion] = relationship()
    half_points: Mapped[int | None]
    excuse: Mapped[str] = mapped_column(String(200), default="")


class BallotRevision(Model):
    """Every save of a ballot, kept. `save_id` lets a repeated save return the stored one."""

    __tablename__ = "ballot_revisions"
    __table_args__ = (UniqueConstraint("ballot_id", "number"), UniqueConstraint("ballot_id", "save_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id", ondelete="CASCADE"))
    number: Mapped[int]
    save_id: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(Text)  # canonical JSON
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Result(Model):
    """The published ranking, frozen: the latest number holds."""

    __tablename__ = "results"
    __table_args__ = (UniqueConstraint("hackathon_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_by: Mapped[Person | None] = relationship()
    protocol: Mapped[str] = mapped_column(Text)  # canonical JSON with all intermediate figures
    sha256: Mapped[str] = mapped_column(String(64))  # of `protocol`
