from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.files.models import StoredFile
from ideenlab.programme.models import Edition


class Partner(Model):
    """An organisation that takes part."""

    __tablename__ = "partners"
    __table_args__ = (UniqueConstraint("slug"), UniqueConstraint("title_folded"))

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    title_folded: Mapped[str] = mapped_column(String(240))
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(500), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")  # seen by organisers and its own editors
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))  # raster, drawn anew
    logo: Mapped[StoredFile | None] = relationship()
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # before, only organisers and editors see it
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revision: Mapped[int] = mapped_column(default=1)


class PartnerEditor(Model):
    """Somebody who writes for a partner. Named by organisers or by another editor."""

    __tablename__ = "partner_editors"
    __table_args__ = (UniqueConstraint("partner_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"))
    partner: Mapped[Partner] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    named_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Participation(Model):
    """That a partner takes part in a week, and what it does there: its role in words."""

    __tablename__ = "participations"
    __table_args__ = (
        UniqueConstraint("edition_id", "partner_id"),
        Index("ix_participations_partner_id", "partner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    edition: Mapped[Edition] = relationship()
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id", ondelete="CASCADE"))
    partner: Mapped[Partner] = relationship()
    part: Mapped[str] = mapped_column(String(80), default="")  # "Hauptsponsor", "Gastgeberin", …
    position: Mapped[int] = mapped_column(default=0)
