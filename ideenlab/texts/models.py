from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime

KINDS = ("page", "mail")


class CityText(Model):
    """A text that the city has written in place of, or in addition to, the one that comes with the software."""

    __tablename__ = "city_texts"
    __table_args__ = (UniqueConstraint("kind", "name", "language"), CheckConstraint(f"kind IN {KINDS}", name="kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_by: Mapped[Person | None] = relationship()


class CityTextVersion(Model):
    """How a text of the city read before."""

    __tablename__ = "city_text_versions"
    __table_args__ = (UniqueConstraint("text_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("city_texts.id", ondelete="CASCADE"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
