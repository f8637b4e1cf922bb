from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.ideas.models import Call, Idea
from ideenlab.programme.models import Topic

KIOSK_HOURS = 14  # a long day in the hall


class Station(Model):
    """A table in a hall where ideas are given for one call. Link and PIN open its kiosk page."""

    __tablename__ = "stations"
    __table_args__ = (UniqueConstraint("link_hash"), Index("ix_stations_call_id", "call_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    call: Mapped[Call] = relationship()
    name: Mapped[str] = mapped_column(String(80))
    link_hash: Mapped[str] = mapped_column(String(64))
    pin_hash: Mapped[str] = mapped_column(String(200))
    active_until: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class StationHelper(Model):
    """Somebody who types in and checks what a station's paper says."""

    __tablename__ = "station_helpers"

    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    person: Mapped[Person] = relationship()


class Kiosk(Model):
    """One device that was opened with link and PIN. No row, no kiosk; nobody is signed in there."""

    __tablename__ = "kiosks"
    __table_args__ = (UniqueConstraint("secret_hash"), Index("ix_kiosks_station_id", "station_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id", ondelete="CASCADE"))
    station: Mapped[Station] = relationship(lazy="joined", innerjoin=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Card(Model):
    """An idea that a station took in. What a paper card says is kept here until it is checked, then in the idea."""

    __tablename__ = "station_cards"
    __table_args__ = (
        UniqueConstraint("idea_id"),
        CheckConstraint("way IN ('kiosk', 'paper')", name="way"),
        CheckConstraint("state IN ('entered', 'checked', 'dropped')", name="state"),
        Index("ix_station_cards_station_id_state", "station_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id", ondelete="CASCADE"))
    station: Mapped[Station] = relationship()
    way: Mapped[str] = mapped_column(String(8), default="paper")
    origin: Mapped[str] = mapped_column(String(10), default="workshop")
    state: Mapped[str] = mapped_column(String(8), default="entered")
    title: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    topic: Mapped[Topic | None] = relationship()
    address: Mapped[str | None] = mapped_column(String(254))
    code_hash: Mapped[str | None] = mapped_column(String(64))  # printed on the card
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    idea: Mapped[Idea | None] = relationship()
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: at the kiosk
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def by_one(self) -> bool:
        """Typed and checked by the same person."""
        return self.checked_by_id is not None and self.checked_by_id == self.entered_by_id


class DotCount(Model):
    """The dots on a station's sheet for one idea, signed by two. A correction is a new row; the last checked counts."""

    __tablename__ = "dot_counts"
    __table_args__ = (
        CheckConstraint("dots >= 0 AND dots <= 100000", name="dots"),
        Index("ix_dot_counts_idea_id_station_id", "idea_id", "station_id", "id"),
        Index("ix_dot_counts_station_id", "station_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id", ondelete="CASCADE"))
    station: Mapped[Station] = relationship()
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    idea: Mapped[Idea] = relationship()
    dots: Mapped[int]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id])
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def by_one(self) -> bool:
        return self.checked_by_id is not None and self.checked_by_id == self.entered_by_id


class Wall(Model):
    """A call's live wall, as soon as somebody has blanked it once."""

    __tablename__ = "walls"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)
    blanked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OffWall(Model):
    """An idea that the wall does not show, although it is published."""

    __tablename__ = "off_wall"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    idea: Mapped[Idea] = relationship()
    removed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
