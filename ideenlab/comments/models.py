from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime

STANCES = ("pro", "contra", "neutral")


class Thread(Model):
    """What a thing holds that can be commented on."""

    __tablename__ = "threads"

    id: Mapped[int] = mapped_column(primary_key=True)
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the moderation: nobody writes any more
    locked_reason: Mapped[str] = mapped_column(String(500), default="")


class Comment(Model):
    """Withdrawn and hidden ones keep their place, so that the thread stays readable."""

    __tablename__ = "comments"
    __table_args__ = (
        Index("ix_comments_thread_id_created_at", "thread_id", "created_at", "id"),
        Index("ix_comments_roots", "thread_id", "root_id", "id"),
        Index("ix_comments_branch", "root_id", "place"),
        Index("ix_comments_best", "thread_id", "root_id", "certainty", "id"),
        Index("ix_comments_stance", "thread_id", "stance", "certainty", "id"),
        Index("ix_comments_author_id_thread_id", "author_id", "thread_id"),
        CheckConstraint("state IN ('visible', 'waiting', 'withdrawn', 'hidden')", name="state"),
        CheckConstraint("stance IN ('pro', 'contra', 'neutral')", name="stance"),
        CheckConstraint("for_count >= 0 AND against_count >= 0", name="votes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    thread: Mapped[Thread] = relationship()
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))  # what its whole branch hangs on
    place: Mapped[int] = mapped_column(default=0)  # in its branch, in the order of writing; the root has 0
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    author: Mapped[Person | None] = relationship()
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    stance: Mapped[str] = mapped_column(String(8), default="neutral")
    for_count: Mapped[int] = mapped_column(default=0)
    against_count: Mapped[int] = mapped_column(default=0)
    certainty: Mapped[int] = mapped_column(default=0)  # Wilson's lower bound of the votes, in millionths
    state: Mapped[str] = mapped_column(String(10), default="visible")
    hidden_reason: Mapped[str] = mapped_column(String(500), default="")
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # after the time in which nobody is told


class CommentVersion(Model):
    """How a comment read before it was changed, once others had time to read it."""

    __tablename__ = "comment_versions"
    __table_args__ = (UniqueConstraint("comment_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    stance: Mapped[str] = mapped_column(String(8))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CommentVote(Model):
    """One person's yes (1) or no (−1) to a comment. Never shown to anybody else."""

    __tablename__ = "comment_votes"
    __table_args__ = (CheckConstraint("value IN (1, -1)", name="value"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    value: Mapped[int] = mapped_column(SmallInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
