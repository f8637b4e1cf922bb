"""Groups of people who vote alike, what each group stands for, what unites and what divides them.

The way of Polis: C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, Polis: Scaling Deliberation by Mapping High
Dimensional Opinion Spaces, Recerca 26 (2021); the formulas as in its published program (polismath: pca, clusters,
repness). With our two differences: a map has only groups of at least ten people, and what few of a group have voted on
is not told of the group.

For (+1), against (−1) and not sure (0) are votes; ideas that somebody did not vote on are missing.

1. Who has fewer than seven votes is left out.
2. A missing vote counts as the mean of its idea. With the means subtracted it is 0, so it pulls nowhere.
3. The two directions in which people differ most: the first two principal components, by power iteration. Each person
   is projected on them, times √(ideas / votes): who voted on little is not drawn to the middle for it.
4. k-means for 2 to 5 groups; the number with the largest mean silhouette is taken, of those where every group
   is large enough (`grouping`).
5. What a group stands for: with n of N people of the group for an idea and n′ of N′ of all others
       p = (n + 1) / (N + 2)        r = p / p′
       z_p = 2 √(N + 1) ((n + 1) / (N + 1) − ½)
       z_r = (π − π′) / √(π̂ (1 − π̂) (1/(N + 1) + 1/(N′ + 1)))    π = (n + 1)/(N + 1), π̂ from both together
   Where both z are above 1.2816 (90 in 100), the idea is the group's, and p · z_p · r · z_r says how much. Likewise
   for being against it.
6. What unites: the product of p over all groups. One group that is against it makes it small, whatever its size.
7. What divides: the difference between the largest and the smallest p.

Nothing depends on the order in which people come: they are put in order by their votes first, and what is drawn by
lot is drawn with a fixed seed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import itemgetter, mul
from random import Random
from typing import Any

from ideenlab.insights.maths.grouping import FEWEST_PEOPLE, SEED, Point, best_groups, centre_of, some

FEWEST_VOTES, FEWEST_SEEN, MOST_TOLD = 7, 5, 5
ITERATIONS, CLOSE_ENOUGH = 100, 1e-9
NINETY = 1.2816
CLEAR_GAP = 0.25

Votes = Mapping[int, int]
Vector = list[float]
Times = Callable[[Sequence[float]], float]


@dataclass(frozen=True)
class Counts:
    """How a group voted on an idea."""

    agree: int
    against: int
    seen: int

    def without(self, part: "Counts") -> "Counts":
        return Counts(self.agree - part.agree, self.against - part.against, self.seen - part.seen)

    def of(self, side: str) -> int:
        return self.agree if side == "agree" else self.against

    def share(self, side: str) -> float:
        return (self.of(side) + 1) / (self.seen + 2)


def opinion_map(people: Iterable[Votes]) -> dict[str, Any]:
    """Groups with their sizes, places and ideas, ready to be stored: nothing in it belongs to one person.

    Without groups that are large enough `groups` is empty and nothing is said.
    """
    everybody = list(people)
    counted = sorted(
        (votes for votes in everybody if len(votes) >= FEWEST_VOTES), key=lambda votes: sorted(votes.items())
    )
    told: dict[str, Any] = {"people": len(counted), "left_out": len(everybody) - len(counted), "groups": []}
    if len(counted) < 2 * FEWEST_PEOPLE:
        return told
    points = project(counted)
    labels = best_groups(points)
    return told | _described(counted, points, labels) if labels else told


def project(people: Sequence[Votes]) -> list[Point]:
    """Where each person stands on the two directions in which people differ most."""
    ideas = sorted({idea for votes in people for idea in votes})
    means = _means(people, ideas)
    rows = [[votes[idea] - means[idea] if idea in votes else 0.0 for idea in ideas] for votes in some(people)]
    first, second = components(rows)
    weights = [(idea, means[idea], one, two) for idea, one, two in zip(ideas, first, second, strict=True)]
    points = []
    for votes in people:
        scale = sqrt(len(ideas) / len(votes))
        x = y = 0.0
        for idea, mean, one, two in weights:
            if idea in votes:
                x += (votes[idea] - mean) * one
                y += (votes[idea] - mean) * two
        points.append((scale * x, scale * y))
    return points


def _means(people: Sequence[Votes], ideas: Sequence[int]) -> dict[int, float]:
    sums, seen = dict.fromkeys(ideas, 0), dict.fromkeys(ideas, 0)
    for votes in people:
        for idea, value in votes.items():
            sums[idea] += value
            seen[idea] += 1
    return {idea: sums[idea] / seen[idea] for idea in ideas}


def components(rows: Sequence[Vector]) -> tuple[Vector, Vector]:
    """The first two principal components of centred rows, of length 1; the largest weight is positive."""
    across = [_times(row) for row in rows]
    down = [_times(column) for column in zip(*rows, strict=True)]
    first = _component(across, down, None)
    return first, _component(across, down, first)


def _times(row: Sequence[float]) -> Times:
    """The product with a vector. Most people vote on few ideas: what is 0 is passed over."""
    places = [place for place, value in enumerate(row) if value]
    if 2 * len(places) > len(row) or len(places) < 2:
        return lambda vector: sum(map(mul, row, vector))
    pick, values = itemgetter(*places), [row[place] for place in places]
    return lambda vector: sum(map(mul, values, pick(vector)))


def _component(across: Sequence[Times], down: Sequence[Times], before: Vector | None) -> Vector:
    dice = Random(SEED)  # noqa: S311 (the same for everybody)
    vector = _unit([dice.random() + 0.5 for _column in down], before)
    for _iteration in range(ITERATIONS):
        scores = [row(vector) for row in across]
        following = _unit([column(scores) for column in down], before)
        moved = max(abs(new - old) for new, old in zip(following, vector, strict=True))
        vector = following
        if moved < CLOSE_ENOUGH:
            break
    largest = max(vector, key=abs)
    return [value if largest >= 0 else -value for value in vector]


def _unit(vector: Vector, before: Vector | None) -> Vector:
    """Of length 1, with nothing of the component before it left in it."""
    if before is not None:
        along = sum(map(mul, vector, before))
        vector = [value - along * other for value, other in zip(vector, before, strict=True)]
    length = sqrt(sum(map(mul, vector, vector)))
    return [value / length for value in vector] if length > CLOSE_ENOUGH else [0.0] * len(vector)


def _described(people: Sequence[Votes], points: Sequence[Point], labels: Sequence[int]) -> dict[str, Any]:
    members = [[n for n, label in enumerate(labels) if label == group] for group in sorted(set(labels))]
    members.sort(key=lambda group: (-len(group), centre_of([points[n] for n in group])))
    counts = [counts_of([people[n] for n in group]) for group in members]
    whole = counts_of(people)
    groups = []
    for group, own in zip(members, counts, strict=True):
        x, y = centre_of([points[n] for n in group])
        groups.append({"size": len(group), "x": round(x, 4), "y": round(y, 4), "says": says(own, whole)})
    return {"groups": groups, "ideas": len(whole), "unites": unites(counts), "divides": divides(counts)}


def counts_of(people: Sequence[Votes]) -> dict[int, Counts]:
    by_idea: dict[int, list[int]] = {}
    for votes in people:
        for idea, value in votes.items():
            by_idea.setdefault(idea, []).append(value)
    return {idea: Counts(values.count(1), values.count(-1), len(values)) for idea, values in sorted(by_idea.items())}


def proportion_test(successes: int, number: int) -> float:
    """How clearly more than half, as z."""
    return 2 * sqrt(number + 1) * ((successes + 1) / (number + 1) - 0.5)


def two_proportion_test(inside: int, number_inside: int, outside: int, number_outside: int) -> float:
    """How clearly more inside than outside, as z."""
    a, n, b, m = inside + 1, number_inside + 1, outside + 1, number_outside + 1
    together = (a + b) / (n + m)
    if together >= 1:
        return 0.0
    return (a / n - b / m) / sqrt(together * (1 - together) * (1 / n + 1 / m))


def says(own: Mapping[int, Counts], whole: Mapping[int, Counts]) -> list[dict[str, Any]]:
    """The ideas a group is more for, or more against, than all others; the clearest first."""
    found = []
    for idea, mine in own.items():
        others = whole[idea].without(mine)
        for side in ("agree", "against"):
            clear = proportion_test(mine.of(side), mine.seen)
            more = two_proportion_test(mine.of(side), mine.seen, others.of(side), others.seen)
            if min(clear, more) > NINETY and mine.seen >= FEWEST_SEEN:
                strength = mine.share(side) * clear * more * mine.share(side) / others.share(side)
                found.append((-strength, idea, {"idea": idea, "side": side, **_told(mine)}))
    return [told for _strength, _idea, told in sorted(found, key=lambda each: each[:2])][:MOST_TOLD]


def _told(counts: Counts) -> dict[str, int]:
    return {"agree": _percent(counts.agree, counts.seen), "against": _percent(counts.against, counts.seen)}


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole) if whole else 0


def unites(groups: Sequence[Mapping[int, Counts]]) -> list[dict[str, Any]]:
    """What every group is rather for, or rather against, the most united first."""
    found = []
    for idea in _known_to_all(groups):
        for side in ("agree", "against"):
            shares = [group[idea].share(side) for group in groups]
            if min(shares) > 0.5:
                found.append((-_product(shares), idea, {"idea": idea, "side": side, **_by_group(groups, idea)}))
    return [told for _value, _idea, told in sorted(found, key=lambda each: each[:2])][:MOST_TOLD]


def divides(groups: Sequence[Mapping[int, Counts]]) -> list[dict[str, Any]]:
    """What the groups see most differently."""
    found = []
    for idea in _known_to_all(groups):
        shares = [group[idea].share("agree") for group in groups]
        gap = max(shares) - min(shares)
        if gap >= CLEAR_GAP:
            found.append((-gap, idea, {"idea": idea, **_by_group(groups, idea)}))
    return [told for _gap, _idea, told in sorted(found, key=lambda each: each[:2])][:MOST_TOLD]


def _known_to_all(groups: Sequence[Mapping[int, Counts]]) -> list[int]:
    """Ideas on which enough of each group have voted."""
    return [idea for idea in groups[0] if all(idea in g and g[idea].seen >= FEWEST_SEEN for g in groups)]


def _by_group(groups: Sequence[Mapping[int, Counts]], idea: int) -> dict[str, list[int]]:
    told = [_told(group[idea]) for group in groups]
    return {side: [each[side] for each in told] for side in ("agree", "against")}


def _product(values: Iterable[float]) -> float:
    product = 1.0
    for value in values:
        product *= value
    return product
