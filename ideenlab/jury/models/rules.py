from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import ExactDecimal, Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon

HIGHEST_SCALE = 10  # whole points


class JuryRules(Model):
    """The rules (Bewertungsordnung) as they stand. `version` is frozen with the first ballot that is saved under it."""

    __tablename__ = "jury_rules"
    __table_args__ = (
        CheckConstraint("lowest_half_points >= 0 AND highest_half_points > lowest_half_points", name="scale"),
        CheckConstraint("step_half_points IN (1, 2)", name="step"),
        CheckConstraint("quorum >= 1", name="quorum"),
        CheckConstraint("aggregate IN ('mean', 'median', 'corrected')", name="aggregate"),
        CheckConstraint("missing IN ('left_out', 'not_counted')", name="missing"),
        CheckConstraint("ties IN ('criterion', 'comparison', 'shared')", name="ties"),
        CheckConstraint("panel IN ('full', 'plan')", name="panel"),
        CheckConstraint("audience IN ('everybody', 'teams')", name="audience"),
        CheckConstraint("ballots_each >= 1", name="ballots_each"),
    )

    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), primary_key=True)
    hackathon: Mapped[Hackathon] = relationship()
    lowest_half_points: Mapped[int] = mapped_column(default=0)
    highest_half_points: Mapped[int] = mapped_column(default=10)
    step_half_points: Mapped[int] = mapped_column(default=1)  # 1: half points, 2: whole points only
    quorum: Mapped[int] = mapped_column(default=3)
    aggregate: Mapped[str] = mapped_column(String(10), default="mean")  # what decides the places
    missing: Mapped[str] = mapped_column(String(12), default="left_out")  # "no answer": left out, or the ballot is
    ties: Mapped[str] = mapped_column(String(12), default="criterion")  # where breaking equal scores begins
    conflicts: Mapped[str] = mapped_column(String(1000), default="")  # what the organisers add to the rule of the house
    panel: Mapped[str] = mapped_column(String(10), default="full")  # everybody scores all, or by a plan
    ballots_each: Mapped[int] = mapped_column(default=5)  # for each prototype, with a plan
    plan_seed: Mapped[str] = mapped_column(String(80), default="")
    planned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    feedback_required: Mapped[bool] = mapped_column(default=False)  # two strengths and a next step for the team
    audience: Mapped[str] = mapped_column(String(10), default="everybody")  # who reads the protocol
    shows_bands: Mapped[bool] = mapped_column(default=False)  # on stage
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(500), default="")  # why this version came; empty for the first
    revision: Mapped[int] = mapped_column(default=0)  # of the rules, criteria and prizes together
    before: Mapped[str] = mapped_column(Text, default="")  # all of it before the last change, to be undone; as content

    @property
    def levels(self) -> range:
        """The whole points of the scale, in half points."""
        return range((self.lowest_half_points + 1) // 2 * 2, self.highest_half_points + 1, 2)

    @property
    def values(self) -> range:
        """What can be given, in half points."""
        return range(self.lowest_half_points, self.highest_half_points + 1, self.step_half_points)


class JuryRulesVersion(Model):
    """The rules as they were frozen: canonical JSON, its hash, and why they were changed."""

    __tablename__ = "jury_rules_versions"
    __table_args__ = (UniqueConstraint("hackathon_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))  # of `content`
    reason: Mapped[str] = mapped_column(String(500), default="")
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Criterion(Model):
    """What the jury scores, with weight and a sentence for each whole point."""

    __tablename__ = "criteria"
    __table_args__ = (
        UniqueConstraint("hackathon_id", "position"),
        UniqueConstraint("hackathon_id", "title"),
        {"sqlite_autoincrement": True},  # versions and revisions name a criterion by its number: never given twice
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(String(300), default="")
    weight: Mapped[Decimal] = mapped_column(ExactDecimal)
    levels: Mapped[str] = mapped_column(Text, default="")  # one line for each whole point, from the lowest up


class Prize(Model):
    """A rule that names winners: all criteria or some of them, all prototypes or those of one challenge."""

    __tablename__ = "prizes"
    __table_args__ = (
        UniqueConstraint("hackathon_id", "position"),
        UniqueConstraint("hackathon_id", "title"),
        CheckConstraint("places >= 1", name="places"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(300), default="")
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"))
    challenge: Mapped[Challenge | None] = relationship()
    places: Mapped[int] = mapped_column(default=1)  # how many of them win something
    criteria: Mapped[list["PrizeCriterion"]] = relationship(cascade="all, delete-orphan")  # none: all of them


class PrizeCriterion(Model):
    """A criterion that counts for a prize, with the weight it has there."""

    __tablename__ = "prize_criteria"

    prize_id: Mapped[int] = mapped_column(ForeignKey("prizes.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id", ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[Criterion] = relationship()
    weight: Mapped[Decimal] = mapped_column(ExactDecimal)
