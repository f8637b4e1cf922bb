from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime


class Fit(Model):
    """Somebody who wrote an idea says whether a prototype meets it."""

    __tablename__ = "fits"

    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    meets_it: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
