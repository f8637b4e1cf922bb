import secrets
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Thread
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.programme.models import Edition, Topic

TO_INDEX = "is_indexed = false AND state <> 'draft'"  # what the worker looks for
PHASES = ("collect", "discuss", "support", "results")
LOTS = 2**31 - 1


def new_lot() -> int:
    return secrets.randbelow(LOTS)


class Call(Model):
    """An invitation to give ideas. Each phase is a pair of dates; the clock decides which are open."""

    __tablename__ = "calls"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    edition: Mapped[Edition] = relationship()
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    collect_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    collect_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    discuss_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    discuss_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    support_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    support_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    results_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    results_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)


class Idea(Model):
    """What a citizen proposes."""

    __tablename__ = "ideas"
    __table_args__ = (
        UniqueConstraint("call_id", "external_id"),
        UniqueConstraint("thread_id"),
        CheckConstraint("state IN ('draft', 'published', 'withdrawn', 'hidden')", name="state"),
        CheckConstraint("origin IN ('online', 'workshop', 'postcard', 'telephone', 'import')", name="origin"),
        CheckConstraint("support_count >= 0 AND comment_count >= 0", name="counts"),
        Index("ix_ideas_newest", "call_id", "state", "published_at", "id"),
        Index("ix_ideas_newest_of_topic", "call_id", "state", "topic_id", "published_at", "id"),
        Index("ix_ideas_supported", "call_id", "state", "support_count", "id"),
        Index("ix_ideas_supported_of_topic", "call_id", "state", "topic_id", "support_count", "id"),
        Index("ix_ideas_lot", "call_id", "state", "lot", "id"),
        Index("ix_ideas_lot_of_topic", "call_id", "state", "topic_id", "lot", "id"),
        Index("ix_ideas_author_id", "author_id"),
        Index("ix_ideas_to_index", "id", sqlite_where=text(TO_INDEX), postgresql_where=text(TO_INDEX)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    call: Mapped[Call] = relationship()
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    author: Mapped[Person | None] = relationship()
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    thread: Mapped[Thread] = relationship()
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    topic: Mapped[Topic | None] = relationship()
    label: Mapped[str] = mapped_column(String(80), default="")  # a category from outside that is no topic here
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    origin: Mapped[str] = mapped_column(String(10), default="online")
    external_id: Mapped[str | None] = mapped_column(String(80))
    source_url: Mapped[str] = mapped_column(String(500), default="")
    hidden_reason: Mapped[str] = mapped_column(String(500), default="")
    lot: Mapped[int] = mapped_column(BigInteger, default=new_lot)  # place in the random order
    support_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    is_indexed: Mapped[bool] = mapped_column(default=False)  # the worker puts it into the search
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class IdeaVersion(Model):
    """How an idea read before it was edited."""

    __tablename__ = "idea_versions"
    __table_args__ = (UniqueConstraint("idea_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    topic: Mapped[Topic | None] = relationship()
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Support(Model):
    """One person's yes to an idea. Never shown to anybody else."""

    __tablename__ = "supports"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
