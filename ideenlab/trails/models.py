from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.ideas.models import Idea

HOPS = ("challenge", "team", "prototype", "verdict", "outcome")
NEWS_FOR = timedelta(days=30)  # what was reached longer ago is history: nobody is told of it any more


class Hop(Model):
    """That an idea has come one step further. The people of the idea are told of it once."""

    __tablename__ = "trail_hops"
    __table_args__ = (
        UniqueConstraint("idea_id", "kind", "thing_id"),
        CheckConstraint(f"kind IN {HOPS}", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    idea: Mapped[Idea] = relationship()
    kind: Mapped[str] = mapped_column(String(12))
    thing_id: Mapped[int]  # the number of the challenge, team, prototype, result or outcome
    reached_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class Outcome(Model):
    """What became of a prototype after the week, told by organisers."""

    __tablename__ = "outcomes"

    id: Mapped[int] = mapped_column(primary_key=True)
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(2000), default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    told_on: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)
