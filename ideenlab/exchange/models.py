from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.ideas.models import Idea


class Source(Model):
    """Another city whose open ideas are read."""

    __tablename__ = "exchange_sources"
    __table_args__ = (UniqueConstraint("base_url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    base_url: Mapped[str] = mapped_column(String(300))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    is_paused: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)  # when it is read next
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # a worker's lease
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(String(300), default="")
    failures: Mapped[int] = mapped_column(default=0)  # in a row; the pause grows with them
    idea_count: Mapped[int] = mapped_column(default=0)


class ForeignIdea(Model):
    """An idea of another city, as it was read last."""

    __tablename__ = "foreign_ideas"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        Index("ix_foreign_ideas_newest", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("exchange_sources.id", ondelete="CASCADE"))
    source: Mapped[Source] = relationship()
    external_id: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(500))
    licence: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(String(80), default="")
    support_count: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the other city no longer shows it
    taken_as_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    taken_as: Mapped[Idea | None] = relationship()
