from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime


class StoredFile(Model):
    """An upload: first arriving in pieces, then whole. The name is only shown; the key is where it lies."""

    __tablename__ = "files"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_files_state_created_at", "state", "created_at"),
        CheckConstraint("state IN ('arriving', 'whole')", name="state"),
        CheckConstraint("size > 0", name="size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(10), default="arriving")
    owner_id: Mapped[int | None] = mapped_column()  # who uploads it; people live on a higher floor
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
