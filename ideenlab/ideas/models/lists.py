"""What lists of ideas count and what looks like the same idea twice."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime


class IdeaAppearance(Model):
    """How often the list showed an idea on its first page in random order, on one day of the city. Not to whom."""

    __tablename__ = "idea_appearances"
    __table_args__ = (Index("ix_idea_appearances_day", "day"), {"sqlite_with_rowid": False})

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int]


class LikelyDuplicate(Model):
    """Two ideas of a call that look the same. Found by the worker, looked at by the moderation."""

    __tablename__ = "likely_duplicates"
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("kind IN ('text', 'title', 'words')", name="kind"),
        Index("ix_likely_duplicates_list", "call_id", "is_dismissed", "likeness", "first_id", "second_id"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True, index=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(5))  # what is the same: the whole text, the title, or most rare words
    likeness: Mapped[int]  # in thousandths, by their words
    is_dismissed: Mapped[bool] = mapped_column(default=False)  # somebody looked: two ideas
    found_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
