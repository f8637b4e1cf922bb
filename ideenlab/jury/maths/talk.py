"""What the jury should talk about, and what it tells a team: agenda, calibration, bands for the feedback."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic

from ideenlab.jury.maths.bootstrap import Uncertainty
from ideenlab.jury.maths.numbers import mean
from ideenlab.jury.maths.places import Standing
from ideenlab.jury.maths.sheets import C, J, P, Sheet, Table

LOWER, MIDDLE, UPPER = "lower", "middle", "upper"
FEWEST_FOR_A_BAND = 2  # one ballot alone is never told


@dataclass(frozen=True)
class Point(Generic[P]):
    """One prototype on the agenda.

    `flips`: its place is in a tie band. `lowest` and `highest` total of its ballots; `spread` is what lies between
    them. `distance` of its score to the prize line, None without such a line. All in points.
    """

    prototype: P
    place: int
    flips: bool
    lowest: Fraction
    highest: Fraction
    distance: Fraction | None

    @property
    def spread(self) -> Fraction:
        return self.highest - self.lowest


def agenda(
    table: Table[P, J, C], standings: Sequence[Standing[P, C]], found: Uncertainty[P], *, prizes: int
) -> list[Point[P]]:
    """The prototypes with a place in the order of talk: places that flip in the draws, then the largest spread, then
    the nearest to the prize line.

    The line lies in the middle between the last of `prizes` places and the next one. Source: "Deliberation".
    """
    flipping = {prototype for band in found.bands for prototype in band}
    points = [
        Point(
            s.prototype, s.place, s.prototype in flipping, min(table.totals[s.prototype].values()),
            max(table.totals[s.prototype].values()), _distance(s, standings, prizes),
        )
        for s in standings if s.place
    ]  # fmt: skip
    return sorted(points, key=lambda p: (not p.flips, -p.spread, p.distance or 0, p.place))


def _distance(one: Standing[P, C], standings: Sequence[Standing[P, C]], prizes: int) -> Fraction | None:
    others = [
        (s.place, s.score) for s in standings if s.ranked_with == one.ranked_with and s.place and s.score is not None
    ]
    inside = [score for place, score in others if place <= prizes]
    outside = [score for place, score in others if place > prizes]
    if not inside or not outside or one.score is None:
        return None
    return abs(one.score - (min(inside) + max(outside)) / 2)


@dataclass(frozen=True)
class Opinions:
    """How far the jurors lie apart in one criterion: number of values, lowest, highest and mean. In points."""

    number: int
    lowest: Fraction
    highest: Fraction
    mean: Fraction

    @property
    def spread(self) -> Fraction:
        return self.highest - self.lowest


def calibration(sheets: Iterable[Sheet[P, J, C]], criteria: Iterable[C]) -> dict[C, Opinions | None]:
    """For the ballots of one prototype that all jurors scored for practice: the spread of each criterion.

    Unfinished ballots are in it too; None for a criterion that nobody scored.
    """
    kept = list(sheets)
    given = {c: [value for sheet in kept if (value := sheet.values.get(c)) is not None] for c in criteria}
    return {criterion: _opinions(values) for criterion, values in given.items()}


def _opinions(values: Sequence[Fraction]) -> Opinions | None:
    middle = mean(values)
    return None if middle is None else Opinions(len(values), min(values), max(values), middle)


def feedback_bands(table: Table[P, J, C], prototype: P, *, lowest: Fraction, highest: Fraction) -> dict[C, str | None]:
    """For each criterion the third of the scale in which the mean of the ballots lies: LOWER, MIDDLE or UPPER.

    Measured by the scale and not by the other teams: the level texts say what a third means, a good field has no team
    in the lower third, and no team learns where another stands. A mean on the border belongs to the upper side. None
    when fewer than two ballots have points there, because a band would tell what one juror gave.
    """
    bands: dict[C, str | None] = {}
    for criterion in table.weights:
        values = table.values[prototype][criterion]
        middle = mean(values) if len(values) >= FEWEST_FOR_A_BAND else None
        bands[criterion] = None if middle is None else _third((middle - lowest) / (highest - lowest))
    return bands


def _third(share: Fraction) -> str:
    return LOWER if share < Fraction(1, 3) else MIDDLE if share < Fraction(2, 3) else UPPER
