"""Keyset paging: a cursor in the address says where the next page begins."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
PAGE = 20
LONGEST_CURSOR = 1200


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows and the cursor of the next page, empty on the last."""

    rows: Sequence[T]
    next: str = ""


def write_cursor(*values: int | str) -> str:
    raw = json.dumps(values, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(cursor: str | None, *kinds: type) -> list[int | str] | None:
    """The values of a cursor, or None where it is missing, broken or of another order."""
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(values, list) or [type(value) for value in values] != list(kinds):
        return None
    if any(isinstance(value, int) and not -(2**62) < value < 2**62 for value in values):
        return None
    return values
