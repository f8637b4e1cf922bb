"""The order on the stage, drawn so that anybody can draw it again with nothing but a seed and the teams' numbers."""

from collections.abc import Iterable, Sequence
from hashlib import sha256


def lot_of(seed: str, team: int) -> str:
    """A team's lot: SHA-256 of `<seed>:<team number>` in UTF-8, as 64 hexadecimal digits."""
    return sha256(f"{seed}:{team}".encode()).hexdigest()


def draw(seed: str, teams: Iterable[int]) -> list[int]:
    """The numbers of the teams in drawn order: the smallest lot begins.

    It does not matter in which order `teams` are given, and one team more or less never turns two others round.
    """
    return sorted(set(teams), key=lambda team: lot_of(seed, team))


def seats(count: int, rooms: Sequence[str]) -> list[tuple[str, int]]:
    """Room and position of each of `count` teams in drawn order: the first of every room, then the second."""
    return [(rooms[place % len(rooms)], place // len(rooms) + 1) for place in range(count)]


def minutes_before(position: int, minutes: int, change_minutes: int) -> int:
    """How many minutes after the beginning the team on this position of its room starts; positions count from 1."""
    return (position - 1) * (minutes + change_minutes)
