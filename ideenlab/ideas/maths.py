"""The random order of ideas: fair to every idea, the same for everybody with the same seed, and quick at any size.

Every idea keeps a random `lot` (0 … 2³¹ − 2). A seed gives `a` and `c`, and ideas come by
`(lot · a + c) mod (2³¹ − 1)`, ties by number. The modulus is prime, so each `a` is another order of all lots;
`lot · a + c` stays below 2⁶², so that both databases calculate it exactly. Rotating the lots alone (a = 1) would be
unfair: neighbours would stay neighbours.

Sorting a large call for each page would cost too much. Above 5,000 ideas the lots are cut into ranges of about 256
ideas; the seed says in which order the ranges come, and inside a range the formula decides.
"""

import hashlib
import secrets
from dataclasses import dataclass
from functools import lru_cache

LOTS = 2**31 - 1  # a prime
LARGEST_SEED = 2**31 - 1
SORTED_WHOLE = 5_000  # ideas
RANGE = 256  # ideas


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


def estimated_ideas(lot: int, ideas_up_to_it: int) -> int:
    """How many ideas there are when so many have a lot of at most `lot`: lots are spread evenly."""
    return ideas_up_to_it * LOTS // max(1, lot)


def new_seed() -> int:
    return secrets.randbelow(LARGEST_SEED)


@lru_cache(maxsize=4096)
def _number(seed: int, purpose: str) -> int:
    """A large number that the seed gives for this purpose, the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"{purpose} {seed}".encode()).digest()[:16], "big")
