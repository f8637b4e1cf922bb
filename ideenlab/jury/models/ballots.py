from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import ExactDecimal, Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models.panel import Juror
from ideenlab.jury.models.rules import Criterion
from ideenlab.prototypes.models import Prototype

LONGEST_TEXT = 2000  # of a comment or note
LONGEST_SENTENCE = 300  # of a strength or the next step


class JuryRound(Model):
    """Another round of ballots after the first, which has no row: a final of some prototypes, or a second ballot.

    In a `final` the score of the round before counts for the share `carried_over`. A `second` ballot stands in for
    the one before where a juror gave one; the first stays in the record.
    """

    __tablename__ = "jury_rounds"
    __table_args__ = (
        UniqueConstraint("hackathon_id", "number"),
        CheckConstraint("number >= 2", name="number"),
        CheckConstraint("kind IN ('final', 'second')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500), default="")
    carried_over: Mapped[Decimal] = mapped_column(ExactDecimal, default=Decimal(0))  # 0 to 1
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_by: Mapped[Person | None] = relationship()
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    prototypes: Mapped[list["JuryRoundPrototype"]] = relationship(cascade="all, delete-orphan")


class JuryRoundPrototype(Model):
    """A prototype that is scored in a round."""

    __tablename__ = "jury_round_prototypes"

    round_id: Mapped[int] = mapped_column(ForeignKey("jury_rounds.id", ondelete="CASCADE"), primary_key=True)
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), primary_key=True)
    prototype: Mapped[Prototype] = relationship()


class Ballot(Model):
    """One juror's scores for one prototype in one round.

    Counts only when submitted, and saved or confirmed under the version of the rules that holds.
    """

    __tablename__ = "ballots"
    __table_args__ = (
        UniqueConstraint("juror_id", "prototype_id", "round"),
        CheckConstraint("state IN ('open', 'submitted')", name="state"),
        CheckConstraint("round >= 1", name="round"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("jurors.id"))
    juror: Mapped[Juror] = relationship()
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), index=True)
    prototype: Mapped[Prototype] = relationship()
    round: Mapped[int] = mapped_column(default=1)
    rules_version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default="open")
    revision: Mapped[int] = mapped_column(default=0)
    strength: Mapped[str] = mapped_column(String(LONGEST_SENTENCE), default="")  # for the team
    second_strength: Mapped[str] = mapped_column(String(LONGEST_SENTENCE), default="")
    next_step: Mapped[str] = mapped_column(String(LONGEST_SENTENCE), default="")
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
    __table_args__ = (
        UniqueConstraint("ballot_id", "number"),
        UniqueConstraint("ballot_id", "save_id"),
        CheckConstraint("source IN ('online', 'paper', 'import')", name="source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id", ondelete="CASCADE"))
    number: Mapped[int]
    save_id: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(Text)  # canonical JSON
    source: Mapped[str] = mapped_column(String(10), default="online")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class PaperBallot(Model):
    """A sheet of paper, typed in by one person and typed again by another; equal, it becomes a revision."""

    __tablename__ = "paper_ballots"
    __table_args__ = (
        UniqueConstraint("juror_id", "prototype_id", "round"),
        CheckConstraint("state IN ('typed', 'accepted', 'differs')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("jurors.id"))
    juror: Mapped[Juror] = relationship()
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), index=True)
    prototype: Mapped[Prototype] = relationship()
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default="typed")
    content: Mapped[str] = mapped_column(Text)  # as typed first, canonical JSON
    checked_content: Mapped[str] = mapped_column(Text, default="")  # as typed again
    typed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    typed_by: Mapped[Person] = relationship(foreign_keys=typed_by_id)
    typed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_by: Mapped[Person | None] = relationship(foreign_keys=checked_by_id)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def by_one(self) -> bool:
        """Nobody else was there: the same person compared it a second time."""
        return self.state == "accepted" and self.typed_by_id == self.checked_by_id


class Calibration(Model):
    """An example everybody on the jury scores before the first pitch, to see how differently points are given."""

    __tablename__ = "calibrations"

    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), primary_key=True)
    hackathon: Mapped[Hackathon] = relationship()
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # from then on the spread is shown


class CalibrationScore(Model):
    """By number of the criterion, which is never given twice: one that is removed and comes back finds its points."""

    __tablename__ = "calibration_scores"

    juror_id: Mapped[int] = mapped_column(ForeignKey("jurors.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    half_points: Mapped[int]
    scored_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
