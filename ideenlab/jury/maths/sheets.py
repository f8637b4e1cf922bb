"""Ballots: what one juror gave one prototype, what it amounts to, and which of them count."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from ideenlab.jury.maths.numbers import add, mean, summed

P = TypeVar("P", bound=Hashable)  # prototype
J = TypeVar("J", bound=Hashable)  # juror
C = TypeVar("C", bound=Hashable)  # criterion


@dataclass(frozen=True)
class Sheet(Generic[P, J, C]):
    """One juror's ballot for one prototype.

    `values` holds points, or None where the juror gave "no answer"; a criterion that is not there was not scored.
    """

    prototype: P
    juror: J
    values: Mapping[C, Fraction | None]
    submitted: bool = True


def ballot_total(values: Mapping[C, Fraction | None], weights: Mapping[C, Fraction]) -> Fraction | None:
    """Σ weight·value ÷ Σ weight over the criteria that were scored; those with "no answer" are left out of both sums.

    None when nothing was scored. Raises KeyError for a criterion without a weight and ValueError for a weight that is
    not above zero. Source: point 2 of "From ballot to ranking".
    """
    if any(weight.numerator <= 0 for weight in weights.values()):
        raise ValueError("a weight must be above zero")
    scored = [(weights[criterion], value) for criterion, value in values.items() if value is not None]
    if not scored:
        return None
    weight = add(weight for weight, _value in scored)
    return summed((w.numerator * x.numerator, w.denominator * x.denominator) for w, x in scored) / weight


def counts(sheet: Sheet[P, J, C], criteria: Iterable[C]) -> bool:
    """A ballot counts when it is submitted and every criterion is scored or excused – and at least one is scored."""
    complete = all(criterion in sheet.values for criterion in criteria)
    return sheet.submitted and complete and any(value is not None for value in sheet.values.values())


class Table(Generic[P, J, C]):
    """The ballots that count, laid out for looking things up.

    `totals` is points by prototype and juror; `values` the points a prototype was given in a criterion.
    Raises ValueError when one juror has two ballots for one prototype.
    """

    def __init__(
        self,
        sheets: Iterable[Sheet[P, J, C]],
        weights: Mapping[C, Fraction],
        *,
        needed: Iterable[C],
        of: Mapping[P, int],
    ) -> None:
        needed = list(needed)
        counted = [sheet for sheet in sheets if sheet.prototype in of and counts(sheet, needed)]
        pairs = Counter((sheet.prototype, sheet.juror) for sheet in counted)
        if any(number > 1 for number in pairs.values()):
            raise ValueError("two ballots of one juror for one prototype")
        self.weights = weights
        self.totals: defaultdict[P, dict[J, Fraction]] = defaultdict(dict)
        self.values: defaultdict[P, defaultdict[C, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
        for sheet in counted:
            self._take(sheet)

    def _take(self, sheet: Sheet[P, J, C]) -> None:
        given = {criterion: value for criterion, value in sheet.values.items() if criterion in self.weights}
        total = ballot_total(given, self.weights)
        if total is not None:
            self.totals[sheet.prototype][sheet.juror] = total
        for criterion, value in given.items():
            if value is not None:
                self.values[sheet.prototype][criterion].append(value)

    def means(self, prototype: P) -> dict[C, Fraction | None]:
        """The mean points of a prototype in each criterion."""
        return {criterion: mean(self.values[prototype][criterion]) for criterion in self.weights}

    def leading_mean(self, prototype: P, criteria: Iterable[C]) -> Fraction | None:
        found = [self.means(prototype)[criterion] for criterion in criteria]
        return mean([value for value in found if value is not None])

    def ballots_won(self, one: P, other: P) -> int:
        """By how many jurors who scored both `one` was given more than `other`, less the opposite."""
        mine, theirs = self.totals[one], self.totals[other]
        both = mine.keys() & theirs.keys()
        return sum((mine[juror] > theirs[juror]) - (mine[juror] < theirs[juror]) for juror in both)
