from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.teams.models import Team


class FriendWish(Model):
    """Somebody would like to be in one team with somebody. It holds when both say so."""

    __tablename__ = "friend_wishes"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    registration: Mapped[Registration] = relationship(foreign_keys=[registration_id])
    friend_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    friend: Mapped[Person] = relationship()


class Assignment(Model):
    """A proposal who works with whom, so that nobody is left alone. The latest number holds."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("hackathon_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    number: Mapped[int]
    seed: Mapped[int]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_by: Mapped[Person | None] = relationship()
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # from then on people accept or decline
    answer_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # put aside


class Seat(Model):
    """Where one person is proposed to go: into a team that is there, or into a new one (`table`)."""

    __tablename__ = "assignment_seats"
    __table_args__ = (
        UniqueConstraint("assignment_id", "registration_id"),
        CheckConstraint("answer IN ('', 'accepted', 'declined', 'lapsed')", name="answer"),
        Index("ix_assignment_seats_registration_id", "registration_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id", ondelete="CASCADE"))
    assignment: Mapped[Assignment] = relationship()
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    registration: Mapped[Registration] = relationship()
    table: Mapped[int] = mapped_column("table_number")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)  # a new one once it is founded
    team: Mapped[Team | None] = relationship()
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"))
    challenge: Mapped[Challenge | None] = relationship()
    reasons: Mapped[str] = mapped_column(Text, default="[]")  # canonical JSON: why here
    answer: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
