from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.core.db import Model, UtcDateTime
from ideenlab.programme.models import Edition

WINDOWS = ("registration", "teams", "submission", "scoring", "publication")
DEADLINE_RULES = ("written", "begun")
REQUIRABLE = (
    "pitch", "description", "challenge", "code_url", "demo_url", "video_url", "screenshot", "file", "licence",
    "prior_work", "ai_use",
)  # fmt: skip
MOMENTS = ("starts_at", "ends_at", *(f"{name}_{side}" for name in WINDOWS for side in ("from", "until")))


class Hackathon(Model):
    """A two-day event. Each window is a pair of dates; `submission_until` is the deadline."""

    __tablename__ = "hackathons"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("team_size_min >= 1 AND team_size_max >= team_size_min", name="team_size"),
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("registered_count >= 0 AND registered_count <= places", name="registered_count"),
        CheckConstraint("deadline_rule IN ('written', 'begun')", name="deadline_rule"),
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
    # what organisers set up
    code_of_conduct: Mapped[str] = mapped_column(Text, default="")
    code_of_conduct_html: Mapped[str] = mapped_column(Text, default="")
    house_rules: Mapped[str] = mapped_column(Text, default="")
    house_rules_html: Mapped[str] = mapped_column(Text, default="")
    mail_note: Mapped[str] = mapped_column(String(1000), default="")  # goes into the mail that confirms a place
    needs_approval: Mapped[bool] = mapped_column(default=False)
    offer_hours: Mapped[int] = mapped_column(default=24)  # how long a place that became free is kept for somebody
    deadline_rule: Mapped[str] = mapped_column(String(10), default="written")  # or "begun": which moment counts
    required_fields: Mapped[str] = mapped_column(String(200), default="title pitch description")  # of a prototype
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # before, only organisers see it
    gallery_shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # from then on nothing changes any more
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # legal names, diet and access needs are gone
    rehearsal_of_id: Mapped[int | None] = mapped_column(ForeignKey("hackathons.id"))  # a trial run, wiped whole
