from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import SOURCES, STATES, Attendance, Places
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.hackathons.models.hackathons import Hackathon

QUESTION_KINDS = ("text", "choice", "yes_no")
CONSENTS = ("conduct", "house_rules", "photo_website", "photo_press", "photo_social", "guardian")
CONSENT_WAYS = ("self", "guardian", "paper")


class RegistrationGroup(Model):
    """A class or club that one person registers together, with the consents on paper."""

    __tablename__ = "registration_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"), index=True)
    hackathon: Mapped[Hackathon] = relationship()
    teacher_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    teacher: Mapped[Person] = relationship()
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the whole group; it can come back


class CheckInHelper(Model):
    """Somebody who lets people in at one hackathon. Named by organisers."""

    __tablename__ = "check_in_helpers"
    __table_args__ = (UniqueConstraint("hackathon_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    named_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Registration(Attendance, Model):
    """One person's place in a hackathon."""

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("hackathon_id", "person_id"),
        UniqueConstraint("ticket_code"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"source IN {SOURCES}", name="source"),
        CheckConstraint("state = 'registered' OR NOT in_team", name="no_team_without_place"),
        CheckConstraint("state <> 'offered' OR offered_until IS NOT NULL", name="offered_until"),
        Index("ix_registrations_queue", "hackathon_id", "state", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    group_id: Mapped[int | None] = mapped_column(ForeignKey("registration_groups.id"), index=True)
    group: Mapped[RegistrationGroup | None] = relationship()
    skills: Mapped[str] = mapped_column(String(300), default="")
    wishes: Mapped[str] = mapped_column(String(500), default="")  # what somebody would like to do, in their words
    in_team: Mapped[bool] = mapped_column(default=False)  # told by the floor of the teams, in the same statement
    # seen only by organisers, and kept for a short time only
    legal_name: Mapped[str] = mapped_column(String(120), default="")
    diet: Mapped[str] = mapped_column(String(300), default="")
    access_needs: Mapped[str] = mapped_column(String(300), default="")
    guardian_name: Mapped[str] = mapped_column(String(120), default="")
    guardian_email: Mapped[str | None] = mapped_column(String(254))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    decision_reason: Mapped[str] = mapped_column(String(500), default="")


PLACES = Places(Registration, Hackathon, "hackathon", bound=Registration.in_team)


class Question(Model):
    """Something organisers ask everybody who registers."""

    __tablename__ = "registration_questions"
    __table_args__ = (
        UniqueConstraint("hackathon_id", "position"),
        CheckConstraint(f"kind IN {QUESTION_KINDS}", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hackathon_id: Mapped[int] = mapped_column(ForeignKey("hackathons.id"))
    hackathon: Mapped[Hackathon] = relationship()
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(200))
    hint: Mapped[str] = mapped_column(String(300), default="")
    choices: Mapped[str] = mapped_column(Text, default="")  # one a line
    is_required: Mapped[bool] = mapped_column(default=False)


class QuestionAnswer(Model):
    """What one person answered to one question."""

    __tablename__ = "registration_answers"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("registration_questions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    question: Mapped[Question] = relationship()
    text: Mapped[str] = mapped_column(String(1000))


class Consent(Model):
    """One agreement of one person, with the words it was given to. Withdrawn ones stay as a record."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint(f"kind IN {CONSENTS}", name="kind"),
        CheckConstraint(f"way IN {CONSENT_WAYS}", name="way"),
        Index("ix_consents_registration_id_kind", "registration_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    registration: Mapped[Registration] = relationship()
    kind: Mapped[str] = mapped_column(String(20))
    way: Mapped[str] = mapped_column(String(10), default="self")
    text: Mapped[str] = mapped_column(Text)  # as it was shown
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who typed in a paper
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
