"""From ballots to places, exactly: scores by the published aggregate, quorum and honest ties, in fractions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Generic

from ideenlab.jury.maths.corrected import corrected_scores
from ideenlab.jury.maths.groups import groups_of
from ideenlab.jury.maths.numbers import mean, median
from ideenlab.jury.maths.rule import BY_COMPARISON, BY_CRITERION, CORRECTED, MEAN, SHARED, Rule
from ideenlab.jury.maths.sheets import C, J, P, Sheet, Table


@dataclass(frozen=True)
class Standing(Generic[P, C]):
    """Where one prototype stands. `place` is None when the quorum is missed, `score` when no ballot counts.

    `tie` says what told it apart from others with the same score: `criterion`, `comparison`, or `shared` when
    nothing did; empty when no other had the same score. `ranked_with` are the prototypes among which the place was
    given, itself included: all that have a place, or under CORRECTED those of its group.
    """

    prototype: P
    score: Fraction | None
    ballots: int
    quorum: int
    place: int | None
    tie: str
    means: Mapping[C, Fraction | None]
    ranked_with: frozenset[P]


def table_of(sheets: Iterable[Sheet[P, J, C]], rule: Rule[P, C], assigned: Mapping[P, int]) -> Table[P, J, C]:
    """The ballots that count under the rule for the prototypes in `assigned`."""
    return Table(sheets, rule.weights, needed=rule.criteria, of=assigned)


def ranking(sheets: Iterable[Sheet[P, J, C]], rule: Rule[P, C], *, assigned: Mapping[P, int]) -> list[Standing[P, C]]:
    """The standing of every prototype in `assigned` that the rule is about, in the order of `assigned`.

    `assigned` is the number of jurors who may score the prototype; its quorum is the rule's, or that number if it is
    smaller, but never below one ballot. Places count from 1; after a place shared by two the next one is left out.
    Under CORRECTED prototypes that no juror links are never ranked together: every group has a first place. Raises
    ValueError when one juror has two ballots for one prototype. Source: points 2, 3, 4 and 6 of "From ballot to
    ranking".
    """
    table = table_of(sheets, rule, assigned)
    scores = scores_of(table, rule, assigned)
    quorums = {prototype: max(1, min(rule.quorum, number)) for prototype, number in assigned.items()}
    asked = [prototype for prototype in assigned if rule.among is None or prototype in rule.among]
    ranked = [prototype for prototype in asked if len(table.totals[prototype]) >= quorums[prototype]]
    places: dict[P, tuple[int, str]] = {}
    together: dict[P, frozenset[P]] = {}
    for part in _ranked_together(ranked, table, rule):
        places |= _places(part, scores, table, rule)
        together |= dict.fromkeys(part, frozenset(part))
    return [
        Standing(
            prototype=prototype, score=scores.get(prototype), ballots=len(table.totals[prototype]),
            quorum=quorums[prototype], place=places.get(prototype, (None, ""))[0],
            tie=places.get(prototype, (None, ""))[1], means=table.means(prototype),
            ranked_with=together.get(prototype, frozenset()),
        )
        for prototype in asked
    ]  # fmt: skip


def scores_of(table: Table[P, J, C], rule: Rule[P, C], prototypes: Iterable[P]) -> dict[P, Fraction]:
    """The score that decides, in points, for every prototype with a ballot, with what is carried into this round."""
    if rule.aggregate == CORRECTED:
        found = corrected_scores(table.totals)
    else:
        middle = mean if rule.aggregate == MEAN else median
        scores = {prototype: middle(list(table.totals[prototype].values())) for prototype in prototypes}
        found = {prototype: score for prototype, score in scores.items() if score is not None}
    return {prototype: rule.with_carried(prototype, score) for prototype, score in found.items()}


def _ranked_together(ranked: Sequence[P], table: Table[P, J, C], rule: Rule[P, C]) -> list[list[P]]:
    if rule.aggregate != CORRECTED:
        return [list(ranked)]
    return [[prototype for prototype in ranked if prototype in g.prototypes] for g in groups_of(table.totals)]


def _places(
    ranked: Sequence[P], scores: Mapping[P, Fraction], table: Table[P, J, C], rule: Rule[P, C]
) -> dict[P, tuple[int, str]]:
    places: dict[P, tuple[int, str]] = {}
    next_place = 1
    for equal in _grouped(ranked, scores.get):
        for group, tie in _told_apart(equal, table, rule):
            for prototype in group:
                places[prototype] = (next_place, tie)
            next_place += len(group)
    return places


def _told_apart(equal: Sequence[P], table: Table[P, J, C], rule: Rule[P, C]) -> list[tuple[list[P], str]]:
    """Groups of prototypes with one score, best first, by one rule for ties after the other."""
    steps = {BY_CRITERION: _by_leading_criterion, BY_COMPARISON: _by_comparison}
    parts = [(list(equal), "" if len(equal) == 1 else SHARED)]
    for name in rule.ties:
        apart: list[tuple[list[P], str]] = []
        for part, tie in parts:
            smaller = steps[name](part, table) if len(part) > 1 else [part]
            apart += [(group, name if len(group) == 1 < len(part) else tie) for group in smaller]
        parts = apart
    return parts


def _by_leading_criterion(equal: Sequence[P], table: Table[P, J, C]) -> list[list[P]]:
    """By the mean in the criterion with the largest weight.

    Several criteria that share the largest weight are taken together, as the mean of their means, so that the order
    in which they are listed decides nothing. One in which some of the equal prototypes has no points is left out.
    """
    largest = max(table.weights.values())
    leading = [criterion for criterion, weight in table.weights.items() if weight == largest]
    known = [criterion for criterion in leading if all(table.values[p][criterion] for p in equal)]
    return _grouped(equal, lambda prototype: table.leading_mean(prototype, known)) if known else [list(equal)]


def _by_comparison(equal: Sequence[P], table: Table[P, J, C]) -> list[list[P]]:
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
