from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime


class Mail(Model):
    """One mail to one address, written in the transaction of the thing it tells about."""

    __tablename__ = "mails"
    __table_args__ = (UniqueConstraint("once_key"), Index("ix_mails_sent_at_due_at", "sent_at", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    unsubscribe_url: Mapped[str] = mapped_column(String(500), default="")  # one click ends mails of this kind
    qr_text: Mapped[str] = mapped_column(String(500), default="")  # goes along as a picture
    once_key: Mapped[str | None] = mapped_column(String(120))  # the same thing is told only once
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)  # later after each failed try
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # a worker's lease
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(String(300), default="")
