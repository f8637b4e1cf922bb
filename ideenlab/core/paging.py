"""Keyset paging: a cursor in the address says where the next page begins."""

import base64
import binascii
import json
from collections.abc import Collection, Sequence
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


def pack_numbers(numbers: Collection[int]) -> str:
    """Numbers above 0 in few letters: sorted, as differences of seven bits a byte. Their order is lost."""
    packed, before = bytearray(), 0
    for number in sorted(set(numbers)):
        rest, before = number - before, number
        while rest > 127:
            packed.append(rest & 127 | 128)
            rest >>= 7
        packed.append(rest)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpack_numbers(packed: str, *, most: int, largest: int) -> list[int] | None:
    """The numbers of `pack_numbers`, or None where somebody made them up."""
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    numbers, number, rest, shift = list[int](), 0, 0, 0
    for byte in raw:
        rest, shift = rest | (byte & 127) << shift, shift + 7
        if byte < 128:
            number, rest, shift = number + rest, 0, 0
            numbers.append(number)
        if shift > 35 or number > largest or len(numbers) > most:
            return None
    return numbers if not shift else None
