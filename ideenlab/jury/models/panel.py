from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import Team

LONGEST_PROFILE = 600


class Juror(Model):
    """One person on the jury of one hackathon. Comes by an invitation link and a code handed over in person."""

    __tablename__ = "jurors"
    __table_args__ = (UniqueConstraint("hackathon_id", "person_id"), UniqueConstraint("invitation_hash"))

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    name: Mapped[str] = mapped_column(String(80))
    organisation: Mapped[str] = mapped_column(String(120), default="")
    profile: Mapped[str] = mapped_column(String(LONGEST_PROFILE), default="")
    is_shown: Mapped[bool] = mapped_column(default=False)  # the juror agrees to stand on the public page by name
    invitation_hash: Mapped[str | None] = mapped_column(String(64))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    informed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # has read what will be public
    confirmed_version: Mapped[int] = mapped_column(default=0)  # of the rules, the latest this juror has read
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("jurors.id"))  # who did not come


class JuryAssignment(Model):
    """One line of the plan: this juror scores this prototype. Where everybody scores all there are none."""

    __tablename__ = "jury_assignments"
    __table_args__ = (
        UniqueConstraint("juror_id", "prototype_id"),
        CheckConstraint("source IN ('plan', 'replacement', 'added')", name="source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("jurors.id"))
    juror: Mapped[Juror] = relationship()
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), index=True)
    prototype: Mapped[Prototype] = relationship()
    source: Mapped[str] = mapped_column(String(12), default="plan")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Recusal(Model):
    """A juror and a team that do not go together (Befangenheit), or a suspicion that was looked at and dismissed.

    Suspicions themselves are computed (`queries`), never stored. The reason stays internal.
    """

    __tablename__ = "recusals"
    __table_args__ = (
        UniqueConstraint("juror_id", "team_id"),
        CheckConstraint("state IN ('declared', 'blocked', 'dismissed')", name="state"),
        CheckConstraint(
            "kind IN ('mentor', 'organisation', 'domain', 'challenge', 'idea', 'other')", name="kind"
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("jurors.id"))
    juror: Mapped[Juror] = relationship()
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    team: Mapped[Team] = relationship()
    state: Mapped[str] = mapped_column(String(10))  # by the juror, by an organiser, or looked at and no conflict
    kind: Mapped[str] = mapped_column(String(14), default="other")
    reason: Mapped[str] = mapped_column(String(300), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_by: Mapped[Person | None] = relationship()
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
