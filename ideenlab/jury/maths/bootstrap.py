"""How sure the order is: the jury drawn again a thousand times.

Bootstrap over jurors of the aggregate that is published: in every draw as many jurors as there are are drawn from the
panel with replacement, and the scores computed again from their ballots alone. Draw k, slot n takes the juror number
SHA-256("seed/k/n") mod jurors, k and n from 0, the digest read as a big-endian number. Nothing here changes a place.
Source: point 5 of "From ballot to ranking".
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise, product
from typing import Generic

from ideenlab.jury.maths.draws import Draw, Row, corrected_of, mean_of, median_of
from ideenlab.jury.maths.places import Standing, table_of
from ideenlab.jury.maths.rule import CORRECTED, MEAN, MEDIAN, Rule
from ideenlab.jury.maths.sheets import C, J, P, Sheet

DRAWS = 1000
SAME = 1e-9  # smaller differences of two scores in a draw are a tie
SUPPORTED = Fraction(4, 5)  # the share of draws that makes an order sure
OUTSIDE = 20  # an interval leaves out one of twenty draws at each end: 90 % lie inside


@dataclass(frozen=True)
class Outlook:
    """What the draws say of one prototype.

    `low` and `high` bound the middle nine tenths of its scores, in points; `chances` is its share of the draws by
    place, adding up to 1 (several who tie share their places evenly, two of them half and half); `draws` in how many
    draws it had a ballot. None and empty when there was none.
    """

    low: Fraction | None
    high: Fraction | None
    chances: Mapping[int, Fraction]
    draws: int

    def chance(self, place: int) -> Fraction:
        """Of this place or a better one."""
        return sum((share for at, share in self.chances.items() if at <= place), Fraction(0))


@dataclass(frozen=True)
class Uncertainty(Generic[P]):
    """`outlooks` by prototype with a place. `support` is, for prototypes of neighbouring places (ahead, behind), the
    share of draws with this order, a tie counting half; `bands` are two or more prototypes whose order is not sure,
    best first."""

    draws: int
    jurors: int
    seed: str
    outlooks: Mapping[P, Outlook]
    support: Mapping[tuple[P, P], Fraction]
    bands: Sequence[Sequence[P]]


def uncertainty(
    sheets: Iterable[Sheet[P, J, C]],
    rule: Rule[P, C],
    standings: Sequence[Standing[P, C]],
    *,
    assigned: Mapping[P, int],
    jurors: Sequence[J],
    seed: str,
    draws: int = DRAWS,
) -> Uncertainty[P]:
    """What `draws` draws say about the places in `standings`, which are ranking(sheets, rule, assigned=assigned).

    `assigned` and `jurors` in the order of the protocol's numbers; jurors without a ballot that counts are not drawn.
    Only prototypes with a place take part; one without a ballot in a draw leaves that draw. What is carried over from
    an earlier round stays fixed.
    """
    table = table_of(sheets, rule, assigned)
    present = {juror for row in table.totals.values() for juror in row}
    panel = [juror for juror in jurors if juror in present]
    number = {juror: place for place, juror in enumerate(panel)}
    prototypes = [prototype for prototype in assigned if table.totals[prototype]]
    rows = [sorted((number[j], float(total)) for j, total in table.totals[p].items()) for p in prototypes]
    tally = _Tally(prototypes, standings)
    draw = _carried(_drawing(rule, rows), rule, prototypes)
    for k in range(draws if panel else 0):
        tally.take(draw(drawn(seed, k, len(panel))))
    support = {pair: tally.support(*pair) for pair in tally.pairs}
    return Uncertainty(
        draws=draws, jurors=len(panel), seed=seed, outlooks=tally.outlooks(), support=support,
        bands=bands_of(standings, support),
    )  # fmt: skip


def drawn(seed: str, draw: int, jurors: int) -> list[int]:
    """How often each juror, by number from 0, is drawn into this draw."""
    times = [0] * jurors
    for slot in range(jurors):
        digest = sha256(f"{seed}/{draw}/{slot}".encode()).digest()
        times[int.from_bytes(digest, "big") % jurors] += 1
    return times


def _drawing(rule: Rule[P, C], rows: Sequence[Row]) -> Draw:
    return {MEAN: mean_of, MEDIAN: median_of, CORRECTED: corrected_of}[rule.aggregate](rows)


def _carried(draw: Draw, rule: Rule[P, C], prototypes: Sequence[P]) -> Draw:
    """With the part of the score that comes from an earlier round."""
    if not rule.share:
        return draw
    own = float(1 - rule.share)
    brought = [float(rule.share * rule.carried[p]) if p in rule.carried else None for p in prototypes]

    def with_carried(times: Sequence[int]) -> list[float | None]:
        return [
            score if score is None or before is None else own * score + before
            for score, before in zip(draw(times), brought, strict=True)
        ]

    return with_carried


def bands_of(standings: Sequence[Standing[P, C]], support: Mapping[tuple[P, P], Fraction]) -> list[list[P]]:
    """Prototypes that share a place or whose order the draws do not support well enough, and so on along the places."""
    bands: list[list[P]] = []
    for places in _in_order(standings):
        band = list(places[0])
        for ahead, behind in pairwise(places):
            if all(support[pair] >= SUPPORTED for pair in product(ahead, behind)):
                bands.append(band)
                band = []
            band = band + list(behind)
        bands.append(band)
    return [band for band in bands if len(band) > 1]


def _in_order(standings: Sequence[Standing[P, C]]) -> list[list[list[P]]]:
    """For each set of prototypes ranked together, who has the first place, the next, and so on."""
    parts: dict[frozenset[P], dict[int, list[P]]] = {}
    for standing in standings:
        if standing.place:
            parts.setdefault(standing.ranked_with, {}).setdefault(standing.place, []).append(standing.prototype)
    return [[places[place] for place in sorted(places)] for places in parts.values()]


class _Tally(Generic[P]):
    """Counts what the draws say."""

    def __init__(self, prototypes: Sequence[P], standings: Sequence[Standing[P, C]]) -> None:
        number = {prototype: place for place, prototype in enumerate(prototypes)}
        orders = _in_order(standings)
        self.number = number
        self.together = [[number[p] for place in places for p in place] for places in orders]
        self.pairs = [
            pair for places in orders for ahead, behind in pairwise(places) for pair in product(ahead, behind)
        ]
        self.scores: dict[int, list[float]] = {p: [] for part in self.together for p in part}
        self.places: dict[int, Counter[tuple[int, int]]] = {p: Counter() for p in self.scores}
        self.won = [[number[ahead], number[behind], 0, 0] for ahead, behind in self.pairs]  # halves won, draws

    def take(self, scores: Sequence[float | None]) -> None:
        for part in self.together:
            present = [(score, p) for p in part if (score := scores[p]) is not None]
            present.sort(reverse=True)
            self._places(present)
        for pair in self.won:
            ahead, behind = scores[pair[0]], scores[pair[1]]
            if ahead is not None and behind is not None:
                pair[2] += 1 if abs(ahead - behind) < SAME else 2 * (ahead > behind)
                pair[3] += 1

    def _places(self, present: Sequence[tuple[float, int]]) -> None:
        first = 0
        for position, (score, prototype) in enumerate(present):
            self.scores[prototype].append(score)
            if position + 1 == len(present) or score - present[position + 1][0] >= SAME:
                tied = (first + 1, position + 1 - first)
                for _score, one in present[first : position + 1]:
                    self.places[one][tied] += 1
                first = position + 1

    def support(self, ahead: P, behind: P) -> Fraction:
        halves, draws = self.won[self.pairs.index((ahead, behind))][2:]
        return Fraction(halves, 2 * draws) if draws else Fraction(1, 2)

    def outlooks(self) -> dict[P, Outlook]:
        return {p: self._outlook(number) for p, number in self.number.items() if number in self.scores}

    def _outlook(self, prototype: int) -> Outlook:
        scores = sorted(self.scores[prototype])
        if not scores:
            return Outlook(None, None, {}, 0)
        chances: dict[int, Fraction] = {}
        for (first, tied), number in self.places[prototype].items():
            for place in range(first, first + tied):
                chances[place] = chances.get(place, Fraction(0)) + Fraction(number, tied * len(scores))
        cut = len(scores) // OUTSIDE
        return Outlook(Fraction(scores[cut]), Fraction(scores[-1 - cut]), dict(sorted(chances.items())), len(scores))
