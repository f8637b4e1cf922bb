"""What happens when in the two days, and what organisers say to everybody."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models.hackathons import Hackathon


class AgendaItem(Model):
    """One line of the programme of a hackathon."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_at"),
        Index("ix_agenda_items_hackathon_id_starts_at", "hackathon_id", "starts_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(String(500), default="")
    revision: Mapped[int] = mapped_column(default=1)


class Announcement(Model):
    """What organisers tell everybody: on the page, as a banner while it holds, and by mail where they choose so."""

    __tablename__ = "announcements"
    __table_args__ = (Index("ix_announcements_hackathon_id_announced_at", "hackathon_id", "announced_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(1000), default="")
    banner_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    announced_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    announced_by: Mapped[Person | None] = relationship()
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
