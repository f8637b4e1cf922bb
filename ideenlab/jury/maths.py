"""From ballots to places, exactly: weighted means, quorum and honest ties, in fractions.

The formulas are the house's own ("From ballot to ranking"); the public page with the rules says them in words.
Units: every value, total and score is in points, as a Fraction. Keys (prototypes, jurors, criteria) may be anything
hashable; no result depends on them or on the order in which rows come.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Generic, TypeVar

P = TypeVar("P", bound=Hashable)  # prototype
J = TypeVar("J", bound=Hashable)  # juror
C = TypeVar("C", bound=Hashable)  # criterion

BY_CRITERION, BY_COMPARISON, SHARED = "criterion", "comparison", "shared"


@dataclass(frozen=True)
class Sheet(Generic[P, J, C]):
    """One juror's ballot for one prototype.

    `values` holds points, or None where the juror gave "no answer"; a criterion that is not there was not scored.
    """

    prototype: P
    juror: J
    values: Mapping[C, Fraction | None]
    submitted: bool = True


@dataclass(frozen=True)
class Standing(Generic[P, C]):
    """Where one prototype stands. `place` is None when the quorum is missed, `score` when no ballot counts.

    `tie` says what told it apart from others with the same score: `criterion`, `comparison`, or `shared` when
    nothing did; empty when no other had the same score.
    """

    prototype: P
    score: Fraction | None
    ballots: int
    quorum: int
    place: int | None
    tie: str
    means: Mapping[C, Fraction | None]


def ballot_total(values: Mapping[C, Fraction | None], weights: Mapping[C, Fraction]) -> Fraction | None:
    """Σ weight·value ÷ Σ weight over the criteria that were scored; those with "no answer" are left out of both sums.

    None when nothing was scored. Raises KeyError for a criterion without a weight and ValueError for a weight that is
    not above zero. Source: point 2 of "From ballot to ranking".
    """
    if any(weight <= 0 for weight in weights.values()):
        raise ValueError("a weight must be above zero")
    scored = {criterion: value for criterion, value in values.items() if value is not None}
    weight = sum((weights[criterion] for criterion in scored), Fraction(0))
    if not weight:
        return None
    return sum((weights[criterion] * value for criterion, value in scored.items()), Fraction(0)) / weight


def counts(sheet: Sheet[P, J, C], weights: Mapping[C, Fraction]) -> bool:
    """A ballot counts when it is submitted and every criterion is scored or excused – and at least one is scored."""
    complete = all(criterion in sheet.values for criterion in weights)
    return sheet.submitted and complete and any(value is not None for value in sheet.values.values())


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The arithmetic mean, or None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def half_up(value: Fraction, digits: int) -> Decimal:
    """Rounded half up to so many places behind the point; `value` is not negative (ValueError)."""
    if value < 0:
        raise ValueError("points are never negative")
    return Decimal(int(value * 10**digits + Fraction(1, 2))).scaleb(-digits)


def six_places(value: Fraction) -> str:
    """A decimal string with six places, rounded half up."""
    return format(half_up(value, 6), "f")


def canonical_json(content: object) -> str:
    """One text for one content, to be hashed: sorted keys, no blanks, no escapes that are not needed, never NaN."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def ranking(
    sheets: Iterable[Sheet[P, J, C]], weights: Mapping[C, Fraction], *, assigned: Mapping[P, int], quorum: int
) -> list[Standing[P, C]]:
    """The standing of every prototype in `assigned`, in no particular order.

    `assigned` is the number of jurors who may score the prototype; its quorum is `quorum`, or that number if it is
    smaller, but never below one ballot. Score = mean of the totals of the ballots that count. Places count from 1;
    after a place shared by two the next one is left out. Raises ValueError when one juror has two ballots for one
    prototype. Source: points 2, 3 and 6 of "From ballot to ranking".
    """
    counted = [sheet for sheet in sheets if counts(sheet, weights) and sheet.prototype in assigned]
    pairs = Counter((sheet.prototype, sheet.juror) for sheet in counted)
    if any(number > 1 for number in pairs.values()):
        raise ValueError("two ballots of one juror for one prototype")
    table = _Table(counted, weights)
    quorums = {prototype: max(1, min(quorum, number)) for prototype, number in assigned.items()}
    ranked = [prototype for prototype in assigned if len(table.totals[prototype]) >= quorums[prototype]]
    places = _places(ranked, table)
    return [
        Standing(
            prototype=prototype, score=table.score(prototype), ballots=len(table.totals[prototype]),
            quorum=quorums[prototype], place=places.get(prototype, (None, ""))[0],
            tie=places.get(prototype, (None, ""))[1], means=table.means(prototype),
        )
        for prototype in assigned
    ]  # fmt: skip


class _Table(Generic[P, J, C]):
    """The ballots that count, laid out for looking things up."""

    def __init__(self, counted: Iterable[Sheet[P, J, C]], weights: Mapping[C, Fraction]) -> None:
        self.weights = weights
        self.totals: defaultdict[P, dict[J, Fraction]] = defaultdict(dict)
        self.values: defaultdict[P, defaultdict[C, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
        for sheet in counted:
            total = ballot_total(sheet.values, weights)
            if total is not None:
                self.totals[sheet.prototype][sheet.juror] = total
            for criterion, value in sheet.values.items():
                if value is not None:
                    self.values[sheet.prototype][criterion].append(value)

    def score(self, prototype: P) -> Fraction | None:
        return mean(list(self.totals[prototype].values()))

    def means(self, prototype: P) -> dict[C, Fraction | None]:
        return {criterion: mean(self.values[prototype][criterion]) for criterion in self.weights}

    def leading_mean(self, prototype: P, criteria: Iterable[C]) -> Fraction | None:
        found = [self.means(prototype)[criterion] for criterion in criteria]
        return mean([value for value in found if value is not None])

    def ballots_won(self, one: P, other: P) -> int:
        """By how many jurors who scored both `one` was given more than `other`, less the opposite."""
        mine, theirs = self.totals[one], self.totals[other]
        both = mine.keys() & theirs.keys()
        return sum((mine[juror] > theirs[juror]) - (mine[juror] < theirs[juror]) for juror in both)


def _places(ranked: Sequence[P], table: _Table[P, J, C]) -> dict[P, tuple[int, str]]:
    places: dict[P, tuple[int, str]] = {}
    next_place = 1
    for equal in _grouped(ranked, table.score):
        for group, tie in _told_apart(equal, table):
            for prototype in group:
                places[prototype] = (next_place, tie)
            next_place += len(group)
    return places


def _told_apart(equal: Sequence[P], table: _Table[P, J, C]) -> list[tuple[list[P], str]]:
    """Groups of prototypes with one score, best first: by the leading criterion, then by direct comparison."""
    if len(equal) == 1:
        return [(list(equal), "")]
    result: list[tuple[list[P], str]] = []
    for still_equal in _by_leading_criterion(equal, table):
        if len(still_equal) == 1:
            result.append((still_equal, BY_CRITERION))
            continue
        for group in _by_comparison(still_equal, table):
            result.append((group, BY_COMPARISON if len(group) == 1 else SHARED))
    return result


def _by_leading_criterion(equal: Sequence[P], table: _Table[P, J, C]) -> list[list[P]]:
    """By the mean in the criterion with the largest weight.

    Several criteria that share the largest weight are taken together, as the mean of their means, so that the order
    in which they are listed decides nothing. One in which some of the equal prototypes has no points is left out.
    """
    largest = max(table.weights.values())
    leading = [criterion for criterion, weight in table.weights.items() if weight == largest]
    known = [criterion for criterion in leading if all(table.values[p][criterion] for p in equal)]
    return _grouped(equal, lambda prototype: table.leading_mean(prototype, known)) if known else [list(equal)]


def _by_comparison(equal: Sequence[P], table: _Table[P, J, C]) -> list[list[P]]:
    """By direct comparison: ahead is who won more ballots of the jurors that scored both.

    Where the comparison goes round in a circle, or does not decide, the place is shared: a group goes ahead of the
    others only when each of its members beats each of them.
    """
    reach = {one: {one} for one in equal}  # whom one beats or equals, directly or by way of others
    for one, other in combinations(equal, 2):
        won = table.ballots_won(one, other)
        if won >= 0:
            reach[one].add(other)
        if won <= 0:
            reach[other].add(one)
    for between in equal:
        for one in equal:
            if between in reach[one]:
                reach[one] |= reach[between]
    return _grouped(equal, lambda prototype: Fraction(len(reach[prototype])))


def _grouped(items: Sequence[P], key: Callable[[P], Fraction | None]) -> list[list[P]]:
    """Items with the same key together, the largest key first."""
    groups: defaultdict[Fraction, list[P]] = defaultdict(list)
    for item in items:
        value = key(item)
        if value is not None:
            groups[value].append(item)
    return [groups[value] for value in sorted(groups, reverse=True)]
