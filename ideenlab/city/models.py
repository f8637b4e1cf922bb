from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime


class District(Model):
    """A part of the city, as people there call it."""

    __tablename__ = "districts"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    outline: Mapped[str] = mapped_column(Text, default="")  # GeoJSON geometry, for the map; empty where unknown


class CitySetting(Model):
    """What an administrator has set on the pages. Without a row the environment holds, else the default."""

    __tablename__ = "city_settings"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class GlossaryWord(Model):
    """A gendered word and what the city says in its place."""

    __tablename__ = "glossary_words"
    __table_args__ = (UniqueConstraint("word_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(60))
    word_folded: Mapped[str] = mapped_column(String(120))
    instead: Mapped[str] = mapped_column(String(120))  # the neutral word, or the sign the city has chosen
