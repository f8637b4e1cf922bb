"""How people without a team and teams with a gap find each other."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon
from ideenlab.teams.models.teams import Team

APPROACH_STATES = ("open", "accepted", "declined", "withdrawn")


class Approach(Model):
    """Somebody asks to join a team (`asked`), or a team asks somebody to come (`invited`).

    An invitation to an address has no person until its link is followed.
    """

    __tablename__ = "team_approaches"
    __table_args__ = (
        UniqueConstraint("open_key"),
        UniqueConstraint("secret_hash"),
        CheckConstraint("kind IN ('asked', 'invited')", name="kind"),
        CheckConstraint(f"state IN {APPROACH_STATES}", name="state"),
        CheckConstraint("kind = 'invited' OR person_id IS NOT NULL", name="person_id"),
        Index("ix_team_approaches_team_id_state", "team_id", "state", "id"),
        Index("ix_team_approaches_person_id_state", "person_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    team: Mapped[Team] = relationship()
    kind: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    email: Mapped[str | None] = mapped_column(String(254))
    secret_hash: Mapped[str | None] = mapped_column(String(64))
    open_key: Mapped[str | None] = mapped_column(String(300))  # team and person or address, while it is open
    sentence: Mapped[str] = mapped_column(String(300), default="")
    role: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(10), default="open")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_by: Mapped[Person | None] = relationship(foreign_keys=[made_by_id])
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class BoardNotice(Model):
    """A note on the board: "Team sucht" when it has a team, else "ich suche"."""

    __tablename__ = "board_notices"
    __table_args__ = (
        UniqueConstraint("open_key"),
        Index("ix_board_notices_hackathon_id", "hackathon_id", "closed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)  # who wrote it
    person: Mapped[Person] = relationship()
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    team: Mapped[Team | None] = relationship()
    open_key: Mapped[str | None] = mapped_column(String(40))  # one open notice of each team or person
    text: Mapped[str] = mapped_column(String(500))
    skills: Mapped[str] = mapped_column(String(300), default="")
    skills_folded: Mapped[str] = mapped_column(String(600), default="")
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"), index=True)
    challenge: Mapped[Challenge | None] = relationship()
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the moderation
    revision: Mapped[int] = mapped_column(default=1)


class TeamLink(Model):
    """Where a team meets or keeps its material; for members, mentors and organisers."""

    __tablename__ = "team_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    team: Mapped[Team] = relationship()
    title: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(500))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
