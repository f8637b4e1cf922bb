"""A shape names the fields of a thing as `name: type`; a question mark says: or `null`, brackets: several."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

Shape = dict[str, str]
MICRO = 1_000_000
NAMED: Shape = {"slug": "string", "title": "string"}


def same(thing: object, names: Iterable[str]) -> dict[str, Any]:
    """What a thing holds under the same name; an empty text is nothing."""
    found = {name: getattr(thing, name) for name in names}
    return {name: None if value == "" else value for name, value in found.items()}


def time(value: datetime | None) -> str | None:
    """ISO 8601 in UTC."""
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if value else None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def named(slug: str | None, title: str | None) -> dict[str, str | None] | None:
    return {"slug": slug, "title": title} if slug else None
