from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.db import Model, UtcDateTime


class JobRun(Model):
    """When the worker last did one of its jobs, and when that last failed."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    ran_at: Mapped[datetime] = mapped_column(UtcDateTime)
    milliseconds: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[str] = mapped_column(String(120), default="")  # the kind of fault, never what it was about
    failures: Mapped[int] = mapped_column(default=0)  # in a row
