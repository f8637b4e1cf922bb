from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.ideas.models import Call


class OpinionMap(Model):
    """The opinion map of a call as it was computed last. Holds groups and shares, never a person."""

    __tablename__ = "opinion_maps"

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)
    call: Mapped[Call] = relationship()
    computed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    content: Mapped[str] = mapped_column(Text)  # JSON
