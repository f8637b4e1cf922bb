from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.files.models import StoredFile
from ideenlab.hackathons.models import Hackathon
from ideenlab.teams.models import Team


class Prototype(Model):
    """A team's draft. What the jury sees is the latest `HandIn`, never this row."""

    __tablename__ = "prototypes"
    __table_args__ = (UniqueConstraint("team_id"), CheckConstraint("revision >= 1", name="revision"))

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), index=True)
    hackathon: Mapped[Hackathon] = relationship()
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    team: Mapped[Team] = relationship()
    title: Mapped[str] = mapped_column(String(120), default="")
    pitch: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    code_url: Mapped[str] = mapped_column(String(500), default="")
    demo_url: Mapped[str] = mapped_column(String(500), default="")
    video_url: Mapped[str] = mapped_column(String(500), default="")
    licence: Mapped[str] = mapped_column(String(40), default="")
    prior_work: Mapped[str] = mapped_column(String(1000), default="")  # what was there before the hackathon
    ai_use: Mapped[str] = mapped_column(String(1000), default="")
    gallery_position: Mapped[int | None]  # in the gallery and on the stage, where organisers ordered it by hand
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the moderation
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class PrototypeFile(Model):
    """A file of a prototype's draft."""

    __tablename__ = "prototype_files"
    __table_args__ = (UniqueConstraint("file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), index=True)
    prototype: Mapped[Prototype] = relationship()
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"))
    file: Mapped[StoredFile] = relationship()
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # gone from the draft, kept for older versions


class PrototypeChallenge(Model):
    """A challenge that a prototype answers."""

    __tablename__ = "prototype_challenges"

    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id", ondelete="CASCADE"), primary_key=True)
    prototype: Mapped[Prototype] = relationship()
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), primary_key=True, index=True)
    challenge: Mapped[Challenge] = relationship()


class Screenshot(Model):
    """A picture of a prototype, drawn anew in some sizes. What is gone from the draft is kept for older versions."""

    __tablename__ = "screenshots"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), index=True)
    prototype: Mapped[Prototype] = relationship()
    key: Mapped[str] = mapped_column(String(40))  # its address, which nobody guesses
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(String(250), default="")  # what is to be seen; empty when it only decorates
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sizes: Mapped[list["ScreenshotSize"]] = relationship(order_by="ScreenshotSize.width", cascade="all, delete-orphan")


class ScreenshotSize(Model):
    """One width of a screenshot, as a stored file."""

    __tablename__ = "screenshot_sizes"

    screenshot_id: Mapped[int] = mapped_column(ForeignKey("screenshots.id", ondelete="CASCADE"), primary_key=True)
    width: Mapped[int] = mapped_column(primary_key=True)
    height: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)
    file: Mapped[StoredFile] = relationship()


class LatePermit(Model):
    """One team may hand in after the deadline: who allowed it, why, and until when."""

    __tablename__ = "late_permits"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    team: Mapped[Team] = relationship()
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500))
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    given_by: Mapped[Person | None] = relationship()
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # taken back early


class HandIn(Model):
    """A version as it was handed in, with its receipt: kept for ever, the latest counts."""

    __tablename__ = "hand_ins"
    __table_args__ = (UniqueConstraint("prototype_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"))
    prototype: Mapped[Prototype] = relationship()
    number: Mapped[int]
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    handed_in_by: Mapped[Person | None] = relationship()
    title: Mapped[str] = mapped_column(String(120))
    content: Mapped[str] = mapped_column(Text)  # canonical JSON of text, links and files with their hashes
    description_html: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))  # of `content`
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the request came in
    late_permit_id: Mapped[int | None] = mapped_column(ForeignKey("late_permits.id"))
    late_permit: Mapped[LatePermit | None] = relationship()
