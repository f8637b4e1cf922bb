"""The one clock. Everything that asks for the time asks here, in UTC."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
