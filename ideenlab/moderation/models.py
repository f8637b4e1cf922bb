from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime

REASONS = ("illegal", "personal_data", "insult", "spam", "off_topic", "other")  # gravest first
ORIGINS = ("report", "release", "changed")
MEASURES = (
    "kept", "hidden", "restored", "released", "refused", "change_asked", "locked", "unlocked", "warned", "suspended",
    "suspension_ended", "blackened",
)  # fmt: skip
LONGEST_REASON, SHORTEST_REASON = 500, 10
LONGEST_REPORT = 1000


class Case(Model):
    """Something the moderation must look at: reported, waiting for its release, or changed after it was asked for.

    As long as it is open it holds the key of its thing, so that one thing has one open case.
    """

    __tablename__ = "moderation_cases"
    __table_args__ = (
        UniqueConstraint("open_key"),
        CheckConstraint("origin IN ('report', 'release', 'changed')", name="origin"),
        Index("ix_moderation_cases_due", "closed_at", "due_at", "id"),
        Index("ix_moderation_cases_thing_thing_id", "thing", "thing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    open_key: Mapped[str | None] = mapped_column(String(60))
    origin: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(20), default="")  # the gravest that was reported
    report_count: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    assigned_to: Mapped[Person | None] = relationship()
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Report(Model):
    """What somebody says is wrong, with or without an account."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint(f"reason IN {REASONS}", name="reason"),
        Index("ix_reports_case_id", "case_id"),
        Index("ix_reports_created_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_cases.id"))
    case: Mapped[Case] = relationship()
    reason: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(254))  # to be told the outcome; goes some time after it
    language: Mapped[str] = mapped_column(String(2), default="de")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Measure(Model):
    """What the moderation did about a thing or a person, and why. Each reason is told to the author."""

    __tablename__ = "measures"
    __table_args__ = (
        CheckConstraint(f"kind IN {MEASURES}", name="kind"),
        Index("ix_measures_thing_thing_id", "thing", "thing_id"),
        Index("ix_measures_person_id", "person_id"),
        Index("ix_measures_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_cases.id"))
    case: Mapped[Case | None] = relationship()
    kind: Mapped[str] = mapped_column(String(20))
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # of a suspension
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # whom it concerns
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Appeal(Model):
    """The author does not agree. Somebody else of the moderation decides, once."""

    __tablename__ = "appeals"
    __table_args__ = (
        UniqueConstraint("measure_id"),
        CheckConstraint("outcome IN ('', 'upheld', 'overturned')", name="outcome"),
        Index("ix_appeals_decided_at", "decided_at", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    measure: Mapped[Measure] = relationship(lazy="joined", innerjoin=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(10), default="")
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_by: Mapped[Person | None] = relationship()
    is_by_one_person: Mapped[bool] = mapped_column(default=False)  # nobody else was there to decide


class Word(Model):
    """A word the moderation wants to be shown. A hint, never a verdict."""

    __tablename__ = "moderation_words"
    __table_args__ = (UniqueConstraint("folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
