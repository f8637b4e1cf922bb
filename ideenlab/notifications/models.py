from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime

PACES = ("at_once", "daily", "weekly", "never")
IMPORTANT = "important"  # always at once: decisions, receipts, invitations
DEFAULT_PACES = {
    "own": "at_once",  # what the city does with one's own ideas
    "comments": "at_once",  # comments, answers to them, mentions
    "followed": "daily",  # what happens to things one follows
    "discussions": "daily",  # new comments on ideas one follows, never one mail each
    "new_ideas": "daily",  # new ideas in calls and topics one follows
    "hackathon": "at_once",  # teams and hackathons
    "work": "at_once",  # what is assigned to those who work here
}
KINDS = tuple(DEFAULT_PACES)
# of these features a teacher hears what their pupils without an address are told; the rest is the pupils' own
PASSED_ON = ("hackathons", "teams", "mentors", "assignments", "prototypes", "archives")
ONLY_DIGESTS = ("discussions",)
UNREAD, WAITING = "read_at IS NULL", "mail_at IS NOT NULL"


def paces_for(kind: str) -> tuple[str, ...]:
    """How soon mails of a kind can come."""
    return PACES[1:] if kind in ONLY_DIGESTS else PACES


class Follow(Model):
    """Somebody wants to hear of a thing. It is known by table and number, so that every floor can be followed."""

    __tablename__ = "follows"
    __table_args__ = (Index("ix_follows_thing_thing_id", "thing", "thing_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    thing: Mapped[str] = mapped_column(String(40), primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Notice(Model):
    """One sentence to one person, written in their language, with the local address it leads to."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "once_key"),
        Index("ix_notices_person_id_id", "person_id", "id"),
        Index("ix_notices_unread", "person_id", sqlite_where=text(UNREAD), postgresql_where=text(UNREAD)),
        Index("ix_notices_mail_at", "mail_at", "person_id", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
        Index("ix_notices_thing_thing_id", "thing", "thing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(String(300), default="")
    path: Mapped[str] = mapped_column(String(300), default="")  # without language: `/idee/7#comment-3`
    thing: Mapped[str] = mapped_column(String(40), default="")  # what it is about, for grouping
    thing_id: Mapped[int | None]
    thing_title: Mapped[str] = mapped_column(String(200), default="")
    once_key: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # waits for this digest; None: mailed, or not to be
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MailPreference(Model):
    """How soon somebody wants mails of a kind. Without a row the default of the kind holds."""

    __tablename__ = "mail_preferences"
    __table_args__ = (CheckConstraint("pace IN ('at_once', 'daily', 'weekly', 'never')", name="pace"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    pace: Mapped[str] = mapped_column(String(10))
