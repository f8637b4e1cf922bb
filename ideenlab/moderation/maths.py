from collections.abc import Sequence


def median(values: Sequence[int]) -> int | None:
    """The middle of whole numbers, rounded down where two stand in the middle; None where there are none."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) // 2
