from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon


class Team(Model):
    """A group of registered people. `member_count` is raised in the statement that checks the limit."""

    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("hackathon_id", "name_folded"),
        UniqueConstraint("code"),
        CheckConstraint("member_count >= 0", name="member_count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    name: Mapped[str] = mapped_column(String(60))
    name_folded: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(16))
    member_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # told by the floor of the prototypes
    dissolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last member left
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    lead: Mapped[Person | None] = relationship()
    about: Mapped[str] = mapped_column(String(500), default="")
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"), index=True)
    challenge: Mapped[Challenge | None] = relationship()
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the moderation put a neutral name in its place
    hidden_name: Mapped[str] = mapped_column(String(60), default="")  # what it was called until then
    about_hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the moderation, until they write anew
    hidden_about: Mapped[str] = mapped_column(String(500), default="")  # what it was until then
    revision: Mapped[int] = mapped_column(default=1)  # of what members wrote about the team


class Membership(Model):
    """One person in one team; in each hackathon a person is in one team at most."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("hackathon_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    team: Mapped[Team] = relationship()
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    role: Mapped[str] = mapped_column(String(80), default="")  # in the team, in their words
    shown_name: Mapped[str] = mapped_column(String(80), default="")  # an adult's own choice; else the pseudonym
