from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.ideas.models import Idea, Status

ONE_DRAFT = "state = 'draft'"
DEFAULT_STATUSES = (  # slug, title, whether the city is done with the idea
    ("eingegangen", "Eingegangen", False),
    ("in-pruefung", "In Prüfung", False),
    ("angenommen", "Angenommen", False),
    ("in-umsetzung", "In Umsetzung", False),
    ("umgesetzt", "Umgesetzt", True),
    ("nicht-umsetzbar", "Nicht umsetzbar", True),
    ("zurueckgestellt", "Zurückgestellt", False),
)


class Office(Model):
    """A part of the administration that answers. Its address is never public."""

    __tablename__ = "offices"
    __table_args__ = (UniqueConstraint("name_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_folded: Mapped[str] = mapped_column(String(160))
    email: Mapped[str | None] = mapped_column(String(254))


class Answer(Model):
    """What the city says about one idea. An idea may get several in the course of time, but one draft at a time."""

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name="state"),
        Index("ix_answers_idea_id", "idea_id"),
        Index("ix_answers_assigned_to_id_state", "assigned_to_id", "state"),
        Index(
            "uq_answers_draft", "idea_id", unique=True, sqlite_where=text(ONE_DRAFT), postgresql_where=text(ONE_DRAFT)
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    idea: Mapped[Idea] = relationship()
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"))
    office: Mapped[Office | None] = relationship()
    status_id: Mapped[int | None] = mapped_column(ForeignKey("statuses.id"))  # that the idea gets with the answer
    status: Mapped[Status | None] = relationship(foreign_keys=[status_id])
    status_before_id: Mapped[int | None] = mapped_column(ForeignKey("statuses.id"))  # comes back with a withdrawal
    state: Mapped[str] = mapped_column(String(10), default="draft")
    signed: Mapped[str] = mapped_column(String(80), default="")  # the name as the person chose to show it
    text: Mapped[str] = mapped_column(Text, default="")
    text_html: Mapped[str] = mapped_column(Text, default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    assigned_to: Mapped[Person | None] = relationship(foreign_keys=[assigned_to_id])
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")


class AnswerVersion(Model):
    """How a published answer read before it was corrected."""

    __tablename__ = "answer_versions"
    __table_args__ = (UniqueConstraint("answer_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    signed: Mapped[str] = mapped_column(String(80))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
