"""Groups of points in a plane that lie near each other: k-means, and the silhouette that says how well it separates.

S. P. Lloyd, Least Squares Quantization in PCM, IEEE Transactions on Information Theory 28 (1982), 129–137, begun as in
D. Arthur, S. Vassilvitskii, k-means++ (2007). P. J. Rousseeuw, Silhouettes, Journal of Computational and Applied
Mathematics 20 (1987), 53–65. What is drawn by lot is drawn with a fixed seed.
"""

from collections.abc import Sequence
from itertools import repeat
from math import dist
from random import Random
from typing import Any

FEWEST_PEOPLE, MOST_GROUPS = 10, 5
RESTARTS, ROUNDS = 5, 50
MOST_FITTED = 2_000  # of more, every n-th decides about directions and the number of groups
SEED = 1901

Point = tuple[float, float]


def some(things: Sequence[Any]) -> Sequence[Any]:
    return things[:: -(-len(things) // MOST_FITTED)]


def best_groups(points: Sequence[Point]) -> list[int]:
    """The group of each person, by the number of groups that separates best; empty where no division is allowed."""
    found: list[tuple[float, list[int]]] = []
    for number in range(2, MOST_GROUPS + 1):
        labels = k_means(points, number)
        if min(labels.count(group) for group in range(number)) >= FEWEST_PEOPLE:
            found.append((silhouette(some(points), some(labels)), labels))
    return max(found, key=lambda each: each[0])[1] if found else []


def k_means(points: Sequence[Point], number: int) -> list[int]:
    """The group of each point: the best of several starts."""
    dice = Random(SEED + number)  # noqa: S311 (the same for everybody)
    tries = [_lloyd(points, _spread(points, number, dice)) for _restart in range(RESTARTS)]
    return min(tries, key=lambda each: each[0])[1]


def _spread(points: Sequence[Point], number: int, dice: Random) -> list[Point]:
    centres = [dice.choice(points)]
    while len(centres) < number:
        far = [min(dist(point, centre) for centre in centres) ** 2 for point in points]
        centres.append(dice.choices(points, far if any(far) else None)[0])
    return centres


def _lloyd(points: Sequence[Point], centres: list[Point]) -> tuple[float, list[int]]:
    labels: list[int] = []
    for _round in range(ROUNDS):
        before, labels = labels, [_nearest(point, centres) for point in points]
        if labels == before:
            break
        for group in range(len(centres)):
            members = [point for point, label in zip(points, labels, strict=True) if label == group]
            if members:
                centres[group] = centre_of(members)
    return sum(dist(point, centres[label]) ** 2 for point, label in zip(points, labels, strict=True)), labels


def _nearest(point: Point, centres: Sequence[Point]) -> int:
    distances = [dist(point, centre) for centre in centres]
    return distances.index(min(distances))


def centre_of(points: Sequence[Point]) -> Point:
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)


def silhouette(points: Sequence[Point], labels: Sequence[int]) -> float:
    """Near 1 where everybody is much nearer to their own group than to the next one, near 0 where it is all one."""
    groups: dict[int, list[Point]] = {}
    for point, label in zip(points, labels, strict=True):
        groups.setdefault(label, []).append(point)
    if len(groups) < 2:
        return -1.0
    total = 0.0
    for point, own in zip(points, labels, strict=True):
        sums = {group: sum(map(dist, repeat(point), members)) for group, members in groups.items()}
        inside = sums[own] / max(1, len(groups[own]) - 1)
        outside = min(sums[group] / len(members) for group, members in groups.items() if group != own)
        total += (outside - inside) / max(inside, outside) if max(inside, outside) > 0 else 0.0
    return total / len(points)
