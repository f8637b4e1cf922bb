"""Which appointments lie on top of each other."""

from collections.abc import Sequence
from datetime import datetime


def overlaps(spans: Sequence[tuple[datetime, datetime]]) -> dict[int, list[int]]:
    """For each span by its place in the list, the places of those that share some time with it.

    What ends when another begins does not overlap. A span without length overlaps nothing.
    """
    found: dict[int, list[int]] = {}
    running: list[int] = []
    for place in sorted(range(len(spans)), key=lambda place: (*spans[place], place)):
        begin, end = spans[place]
        if end <= begin:
            continue
        running = [other for other in running if spans[other][1] > begin]
        for other in running:
            found.setdefault(other, []).append(place)
            found.setdefault(place, []).append(other)
        running.append(place)
    return {place: sorted(others) for place, others in found.items()}
