from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.programme.models import Edition

WINDOWS = ("registration", "teams", "submission", "scoring", "publication")
MOMENTS = ("starts_at", "ends_at", *(f"{name}_{side}" for name in WINDOWS for side in ("from", "until")))


class Hackathon(Model):
    """A two-day event. Each window is a pair of dates; `submission_until` is the deadline."""

    __tablename__ = "hackathons"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("team_size_min >= 1 AND team_size_max >= team_size_min", name="team_size"),
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("registered_count >= 0 AND registered_count <= places", name="registered_count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    edition: Mapped[Edition] = relationship()
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200), default="")
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registration_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    teams_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    teams_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submission_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submission_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scoring_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scoring_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publication_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publication_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    places: Mapped[int] = mapped_column(default=60)
    registered_count: Mapped[int] = mapped_column(default=0)
    team_size_min: Mapped[int] = mapped_column(default=2)
    team_size_max: Mapped[int] = mapped_column(default=5)
    revision: Mapped[int] = mapped_column(default=1)


class Registration(Model):
    """One person's place in a hackathon."""

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("hackathon_id", "person_id"),
        CheckConstraint("state IN ('registered', 'cancelled')", name="state"),
        CheckConstraint("state = 'registered' OR NOT in_team", name="no_team_without_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    skills: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(10), default="registered")
    in_team: Mapped[bool] = mapped_column(default=False)  # told by the floor of the teams, in the same statement
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
