from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.ideas.models import Idea

WAITING = "is_open = true"
STATES = ("proposed", "merged", "declined", "expired", "cancelled", "separated")


class Merge(Model):
    """The proposal to join ideas into one of them, and what became of it."""

    __tablename__ = "merges"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_merges_state_answer_until", "state", "answer_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    target: Mapped[Idea] = relationship()
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    reason: Mapped[str] = mapped_column(String(500))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answer_until: Mapped[datetime] = mapped_column(UtcDateTime)
    merged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # declined, run out, taken back or separated
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    end_reason: Mapped[str] = mapped_column(String(500), default="")


class MergedIdea(Model):
    """One idea of a proposal, the target among them, with its author's answer."""

    __tablename__ = "merged_ideas"
    __table_args__ = (
        CheckConstraint("answer IN ('open', 'agreed', 'declined', 'nobody')", name="answer"),
        Index(
            "uq_merged_ideas_open", "idea_id", unique=True, sqlite_where=text(WAITING), postgresql_where=text(WAITING)
        ),
        Index("ix_merged_ideas_idea_id", "idea_id"),
    )

    merge_id: Mapped[int] = mapped_column(ForeignKey("merges.id", ondelete="CASCADE"), primary_key=True)
    merge: Mapped[Merge] = relationship()
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    idea: Mapped[Idea] = relationship()
    is_open: Mapped[bool] = mapped_column(default=True)  # an idea is in one open proposal at a time
    answer: Mapped[str] = mapped_column(String(8), default="open")  # nobody: there is no author who could be asked
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
