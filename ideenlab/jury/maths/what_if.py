"""What if: the same ballots without a juror, with another weight, by another aggregate. Changes nothing that is stored.

Source: "Deliberation".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic

from ideenlab.jury.maths.places import Standing, ranking
from ideenlab.jury.maths.rule import AGGREGATES, Rule
from ideenlab.jury.maths.sheets import C, J, P, Sheet

STEPS = (Fraction(11, 10), Fraction(9, 10))  # ten percent of its own weight more or less


@dataclass(frozen=True)
class Change(Generic[J, C]):
    """One thing that is different: the juror left out, the criterion whose weight is multiplied by `factor`, or the
    aggregate."""

    left_out: J | None = None
    criterion: C | None = None
    factor: Fraction = Fraction(1)
    aggregate: str | None = None


@dataclass(frozen=True)
class WhatIf(Generic[P, J, C]):
    """`standings` under the change; `moved` has, for every prototype whose place is another one, the place before and
    after, None where it has none."""

    change: Change[J, C]
    standings: Sequence[Standing[P, C]]
    moved: Mapping[P, tuple[int | None, int | None]]


def changes_of(rule: Rule[P, C], jurors: Iterable[J]) -> list[Change[J, C]]:
    """Every single juror left out, every weight ten percent up and down, every other aggregate."""
    weights = [Change[J, C](criterion=criterion, factor=factor) for criterion in rule.weights for factor in STEPS]
    return [
        *(Change[J, C](left_out=juror) for juror in jurors),
        *(weights if len(rule.weights) > 1 else []),
        *(Change[J, C](aggregate=aggregate) for aggregate in AGGREGATES if aggregate != rule.aggregate),
    ]


def what_if(
    sheets: Iterable[Sheet[P, J, C]],
    rule: Rule[P, C],
    standings: Sequence[Standing[P, C]],
    change: Change[J, C],
    *,
    assigned: Mapping[P, int],
) -> WhatIf[P, J, C]:
    """The places under one change, beside `standings`, which are ranking(sheets, rule, assigned=assigned).

    A juror who is left out is also missing from the number of those who may score, so that the quorum of a small panel
    shrinks with it.
    """
    kept, fewer = list(sheets), dict(assigned)
    if change.left_out is not None:
        for sheet in kept:
            if sheet.juror == change.left_out and sheet.prototype in fewer:
                fewer[sheet.prototype] -= 1
        kept = [sheet for sheet in kept if sheet.juror != change.left_out]
    found = ranking(kept, _changed(rule, change), assigned=fewer)
    before = {standing.prototype: standing.place for standing in standings}
    moved = {s.prototype: (before[s.prototype], s.place) for s in found if before[s.prototype] != s.place}
    return WhatIf(change, found, moved)


def _changed(rule: Rule[P, C], change: Change[J, C]) -> Rule[P, C]:
    weights = {c: weight * (change.factor if c == change.criterion else 1) for c, weight in rule.weights.items()}
    return replace(rule, weights=weights, aggregate=change.aggregate or rule.aggregate)


def beside(
    sheets: Iterable[Sheet[P, J, C]], rule: Rule[P, C], *, assigned: Mapping[P, int]
) -> dict[str, list[Standing[P, C]]]:
    """The standings under every aggregate, to be shown beside the one that decides."""
    kept = list(sheets)
    return {name: ranking(kept, replace(rule, aggregate=name), assigned=assigned) for name in AGGREGATES}
