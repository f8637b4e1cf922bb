"""Exact numbers and how they are written down."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor, lcm


def add(values: Iterable[Fraction]) -> Fraction:
    """The exact sum; zero of nothing."""
    return summed((value.numerator, value.denominator) for value in values)


def summed(parts: Iterable[tuple[int, int]]) -> Fraction:
    """The exact sum of numerators over denominators.

    Numerators are collected by denominator, and only the sum is reduced: `sum()` would reduce after every step.
    """
    collected: dict[int, int] = {}
    for numerator, denominator in parts:
        collected[denominator] = collected.get(denominator, 0) + numerator
    common = lcm(*collected)
    return Fraction(sum(part * (common // denominator) for denominator, part in collected.items()), common)


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The arithmetic mean, or None of nothing."""
    return add(values) / len(values) if values else None


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The middle value, with an even number the mean of the two in the middle; None of nothing."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def half_up(value: Fraction, digits: int) -> Decimal:
    """Rounded to so many places behind the point; what lies in the middle goes up, below zero too."""
    return Decimal(floor(value * 10**digits + Fraction(1, 2))).scaleb(-digits)


def six_places(value: Fraction) -> str:
    """A decimal string with six places, rounded half up."""
    return format(half_up(value, 6), "f")


def canonical_json(content: object) -> str:
    """One text for one content, to be hashed: sorted keys, no blanks, no escapes that are not needed, never NaN."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
