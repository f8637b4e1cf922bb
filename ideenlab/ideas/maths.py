"""How ideas are ordered – by chance, by certainty, by controversy – and how evenly they are seen.

Whole numbers throughout, so that every machine and both databases calculate the same.

The random order is fair to every idea, the same for everybody with the same seed, and quick at any size. Every idea
keeps a random `lot` (0 … 2³¹ − 2). A seed gives `a` and `c`, and ideas come by `(lot · a + c) mod (2³¹ − 1)`, ties by
number. The modulus is prime, so each `a` is another order of all lots; `lot · a + c` stays below 2⁶², so that both
databases calculate it exactly. Rotating the lots alone (a = 1) would be unfair: neighbours would stay neighbours.

Sorting a large call for each page would cost too much. Above 5,000 ideas the lots are cut into ranges of about 256
ideas; the seed says in which order the ranges come, and inside a range the formula decides.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import isqrt, pi, sqrt

LOTS = 2**31 - 1  # a prime
LARGEST_SEED = 2**31 - 1
SORTED_WHOLE = 5_000  # ideas
RANGE = 256  # ideas
THOUSAND, MILLION = 1_000, 1_000_000
ENOUGH_VOTES = 10  # for and against; with fewer, a share says next to nothing and is not shown as a number
Z_SQUARED = 38_416  # (1.96)² in ten-thousandths: 95 in 100 intervals hold the true share
MANY_PAGES = 2_000
FINE = 10**9  # steps of the square root


@dataclass(frozen=True)
class Shuffle:
    """The order that a seed gives, for a number of ranges (1 sorts everything at once).

    The number of ranges is kept while somebody pages, however many ideas arrive meanwhile.
    """

    seed: int
    ranges: int

    @property
    def factor(self) -> int:
        return 1 + _number(self.seed, "factor") % (LOTS - 1)

    @property
    def offset(self) -> int:
        return _number(self.seed, "offset") % LOTS

    def key(self, lot: int) -> int:
        """Where an idea comes inside its range."""
        return (lot * self.factor + self.offset) % LOTS

    def lots_of(self, place: int) -> tuple[int, int]:
        """The first lot of the range that comes at this place, and the first after it."""
        width = -(-LOTS // self.ranges)
        number = self._range_at(place)
        return number * width, (number + 1) * width

    def _range_at(self, place: int) -> int:
        """A permutation of 0 … ranges − 1 (a power of two): four times an odd multiple, turned, its halves mixed."""
        for turn in range(4):
            place = self._mixed(place, turn)
        return place

    def _mixed(self, number: int, turn: int) -> int:
        factor, offset, shift = self._turn(turn)
        number = (number * factor + offset) % self.ranges
        return number ^ (number >> shift)

    def _turn(self, turn: int) -> tuple[int, int, int]:
        bits = self.ranges.bit_length() - 1
        number = _number(self.seed, f"ranges {turn}")
        return number % self.ranges | 1, (number >> 64) % self.ranges, max(1, (bits + 1) // 2)


def ranges_for(ideas: int) -> int:
    """A power of two, so that about 256 ideas (181 to 362) share a range; 1 up to 5,000 ideas."""
    if ideas <= SORTED_WHOLE:
        return 1
    ranges = 1
    while ideas / ranges > RANGE * 2**0.5:
        ranges *= 2
    return ranges


def new_seed() -> int:
    return secrets.randbelow(LARGEST_SEED)


def wilson_lower(positive: int, total: int) -> int:
    """The lower end of Wilson's score interval for `positive` of `total` votes, in millionths, rounded down.

    The share of yes that can be assumed with confidence: 95 in 100 such intervals hold the share that all people
    together would give. Few votes make it small, so 600 of 1,000 (0.569) come before 3 of 3 (0.438).

        (2k + z² − z · √(z² + 4k(n − k) / n)) / (2(n + z²))    with k = positive, n = total, z = 1.96

    Without votes it is 0. Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
    Journal of the American Statistical Association 22 (1927), 209–212.
    """
    if not 0 <= positive <= total:
        raise ValueError(f"{positive} of {total} votes")
    if not total:
        return 0
    square = FINE**2 * total * (Z_SQUARED**2 * total + 40_000 * Z_SQUARED * positive * (total - positive))
    root = isqrt(square)
    root += root**2 < square
    above = FINE * total * (20_000 * positive + Z_SQUARED) - root
    return max(0, MILLION * above // (FINE * total * 2 * (10_000 * total + Z_SQUARED)))


def wilson_interval(positive: int, total: int) -> tuple[int, int]:
    """Both ends of Wilson's interval in millionths; without votes everything is possible.

    The upper end is what the lower end of the noes leaves.
    """
    return wilson_lower(positive, total), MILLION - wilson_lower(total - positive, total)


def controversy(pro: int, contra: int) -> int:
    """How much an idea divides people, in thousandths: all votes, times the smaller side by the larger one.

        1000 · (pro + contra) · min(pro, contra) / max(pro, contra)    rounded down; 0 where one side is empty

    Half and half counts every vote; one against nine counts a ninth of them. A vote for the smaller side always
    raises it, a vote for the larger side never does.
    """
    if pro < 0 or contra < 0:
        raise ValueError(f"{pro} votes for and {contra} against")
    smaller, larger = sorted((pro, contra))
    return 1_000 * (pro + contra) * smaller // larger if smaller else 0


def vote_together(mode: str, most: int, own: int | None, on_parts: Sequence[int]) -> int | None:
    """What one person's votes on an idea and on those joined into it count together; `on_parts` the latest first.

    The vote on the idea itself comes before votes on its parts, and of these the latest counts. Points add up to at
    most `most`, what one person can give to one idea. None where there is no vote at all.
    """
    if mode == "points":
        return min(most, (own or 0) + sum(on_parts)) or None
    if own is not None:
        return own
    return on_parts[0] if on_parts else None


@dataclass(frozen=True)
class Shares:
    """What the votes for and against say, in whole percents."""

    missing: int  # votes, until there are enough for a share
    share: int  # for, rounded
    lowest: int  # Wilson's interval, rounded outwards
    highest: int


def shares_of(pro: int, contra: int) -> Shares:
    total = pro + contra
    low, high = wilson_interval(pro, total)
    share = (200 * pro + total) // (2 * total) if total else 0
    return Shares(max(0, ENOUGH_VOTES - total), share, low * 100 // MILLION, -(-high * 100 // MILLION))


def lorenz(seen: Mapping[int, int]) -> list[tuple[int, int]]:
    """The Lorenz curve: so many ideas, the least seen first, have so many appearances together.

    `seen` says how many ideas appeared how often. Begins at (0, 0), ends at all ideas and all appearances.
    Source: M. O. Lorenz, Methods of Measuring the Concentration of Wealth (1905).
    """
    points = [(0, 0)]
    for times, ideas in sorted(seen.items()):
        points.append((points[-1][0] + ideas, points[-1][1] + times * ideas))
    return points


def gini(seen: Mapping[int, int]) -> int:
    """How unevenly, in millionths: 0 where every idea appeared equally often, near a million where one had it all.

    One minus twice the area below the Lorenz curve, rounded down. Source: C. Gini, Variabilità e mutabilità (1912).
    """
    points = lorenz(seen)
    ideas, total = points[-1]
    if not total:
        return 0
    below = sum((x - before_x) * (y + before_y) for (before_x, before_y), (x, y) in pairwise(points))
    return MILLION * (ideas * total - below) // (ideas * total)


def tenths(seen: Mapping[int, int]) -> list[Fraction]:
    """The appearances of each tenth of the ideas, the least seen first. Ideas on a border are shared out."""
    points = lorenz(seen)
    ideas = points[-1][0]
    borders = [_height(points, Fraction(ideas * place, 10)) for place in range(11)]
    return [high - low for low, high in pairwise(borders)]


def _height(points: list[tuple[int, int]], place: Fraction) -> Fraction:
    for (before_x, before_y), (x, y) in pairwise(points):
        if place <= x and x > before_x:
            return before_y + (place - before_x) * Fraction(y - before_y, x - before_x)
    return Fraction(points[-1][1])


def gini_by_chance(ideas: int, appearances: int, shown: int) -> float:
    """The Gini coefficient to expect when pages of `shown` ideas are drawn with the same chance for each, 0 to 1.

    An idea then appears as often as a coin with the chance shown / ideas falls (binomial). Two ideas differ on
    average by 2 · Σ F(1 − F), F being the distribution; half of that through the mean is the coefficient.
    From 2,000 pages on the distribution is taken as normal: σ / (μ√π).
    """
    chance = min(1.0, shown / ideas) if ideas else 1.0
    if not appearances or chance >= 1:
        return 0.0
    mean = appearances / ideas
    pages = max(1, round(mean / chance))
    if pages > MANY_PAGES:
        return sqrt(mean * (1 - chance)) / (mean * sqrt(pi))
    share, up_to, difference = (1 - chance) ** pages, 0.0, 0.0
    for times in range(pages):
        up_to += share
        difference += up_to * (1 - up_to)
        share *= (pages - times) / (times + 1) * chance / (1 - chance)
    return difference / (pages * chance)


def likeness(one: Set[str], other: Set[str], counts: Mapping[str, int]) -> int:
    """How much of their words two texts share, in thousandths, rounded down; a rare word weighs more.

    The weight of the shared words through the weight of all of them (Ruzicka's form of Jaccard's index). A word that
    stands in `counts` texts weighs 20 less the binary digits of that number, at least 1.
    """
    every = _weight_of(one | other, counts)
    return THOUSAND * _weight_of(one & other, counts) // every if every else 0


def _weight_of(words: Set[str], counts: Mapping[str, int]) -> int:
    return sum(max(1, 20 - counts.get(word, 0).bit_length()) for word in words)


@lru_cache(maxsize=4096)
def _number(seed: int, purpose: str) -> int:
    """A large number that the seed gives for this purpose, the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"{purpose} {seed}".encode()).digest()[:16], "big")
