"""Places from votes. Equal votes are an equal place: nothing breaks a tie, least of all a name or a number."""

from collections.abc import Mapping


def places_of(votes: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """(place, number, votes), most votes first; equal ones share the place and the next place is left out.

    Among equal ones the order is by number, which says nothing.
    """
    ordered = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    counts = [count for _number, count in ordered]
    return [(counts.index(count) + 1, number, count) for number, count in ordered]


def winners_of(votes: Mapping[int, int]) -> list[int]:
    """Everybody on place 1; nobody where nobody voted."""
    return [number for place, number, count in places_of(votes) if place == 1 and count > 0]
