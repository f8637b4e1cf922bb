from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.files.models import StoredFile
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.ideas.models import Idea
from ideenlab.partners.models import Partner


class Challenge(Model):
    """What teams may work on: given by a partner, or grown out of an idea."""

    __tablename__ = "challenges"
    __table_args__ = (UniqueConstraint("hackathon_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    data_sources: Mapped[str] = mapped_column(Text, default="")
    data_sources_html: Mapped[str] = mapped_column(Text, default="")
    partner: Mapped[str] = mapped_column(String(120), default="")  # who gives it, in words
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"), index=True)
    given_by: Mapped[Partner | None] = relationship()
    contact: Mapped[str] = mapped_column(String(200), default="")  # shown to people with a place
    prize: Mapped[str] = mapped_column(String(200), default="")
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    idea: Mapped[Idea | None] = relationship()
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ChallengeFile(Model):
    """Material that comes with a challenge."""

    __tablename__ = "challenge_files"
    __table_args__ = (UniqueConstraint("file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    challenge: Mapped[Challenge] = relationship()
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"))
    file: Mapped[StoredFile] = relationship()


class ChallengeWish(Model):
    """What somebody with a place would like to work on: 1 is the first wish."""

    __tablename__ = "challenge_wishes"
    __table_args__ = (
        UniqueConstraint("registration_id", "rank"),
        CheckConstraint("rank BETWEEN 1 AND 3", name="rank"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    registration: Mapped[Registration] = relationship()
    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenges.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    challenge: Mapped[Challenge] = relationship()
    rank: Mapped[int]
