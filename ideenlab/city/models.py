from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.db import Model


class District(Model):
    """A part of the city, as people there call it."""

    __tablename__ = "districts"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    outline: Mapped[str] = mapped_column(Text, default="")  # GeoJSON geometry, for the map; empty where unknown
