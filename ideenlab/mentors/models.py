from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon
from ideenlab.teams.models import Team


class Mentor(Model):
    """Somebody who helps the teams of one hackathon. Named by organisers."""

    __tablename__ = "mentors"
    __table_args__ = (UniqueConstraint("hackathon_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    expertise: Mapped[str] = mapped_column(String(300), default="")
    named_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HelpRequest(Model):
    """A team asks for a mentor. One of them takes it; the team says when it is done."""

    __tablename__ = "help_requests"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'taken', 'done', 'withdrawn')", name="state"),
        Index("ix_help_requests_team_id", "team_id", "id"),
        Index("ix_help_requests_hackathon_id_state", "hackathon_id", "state", "asked_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    team: Mapped[Team] = relationship()
    text: Mapped[str] = mapped_column(String(500))
    place: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(10), default="open")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentors.id"), index=True)
    mentor: Mapped[Mentor | None] = relationship()
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
