"""The score without the severity of the jurors: exact ridge least squares.

Model: the total juror j gave prototype i is x_ij = m + t_i + s_j + noise. Estimated by the least
Σ (x_ij − m − t_i − s_j)² + λ_t·Σ t_i² + λ_s·Σ s_j², with m free of penalty, λ_s = 1 and λ_t = 1/100, over all ballots
that count. The corrected score of a prototype is m + t_i: what a juror of average severity would have given it.
Units: points. Source: point 4 of "From ballot to ranking".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic

from ideenlab.jury.maths.groups import Group, Totals, groups_of
from ideenlab.jury.maths.numbers import add
from ideenlab.jury.maths.sheets import J, P

FOR_JURORS = Fraction(1)  # λ_s
FOR_PROTOTYPES = Fraction(1, 100)  # λ_t


@dataclass(frozen=True)
class Fit(Generic[P, J]):
    """`level` is m; `scores` m + t by prototype; `severities` s by juror, below zero for the strict ones. In points."""

    level: Fraction
    scores: Mapping[P, Fraction]
    severities: Mapping[J, Fraction]


def corrected_scores(totals: Totals[P, J]) -> dict[P, Fraction]:
    """The corrected score of every prototype with a ballot, each group that can be compared by itself."""
    return {p: score for group in groups_of(totals) for p, score in fit(totals, group).scores.items()}


def fit(totals: Totals[P, J], group: Group[P, J]) -> Fit[P, J]:
    """The exact estimate for one connected group.

    A full panel, where every juror scored every prototype, has the closed form m = mean of all, t_i = (mean of i − m)
    · J ÷ (J + λ_t), s_j = (mean of j − m) · I ÷ (I + λ_s); so its order is that of the means. Otherwise the
    prototypes are eliminated, t_i = Σ_j (x_ij − m − s_j) ÷ (n_i + λ_t), and the jurors' equations solved.
    """
    rows = {prototype: totals[prototype] for prototype in group.prototypes}
    if all(len(row) == len(group.jurors) for row in rows.values()):
        return _closed_form(rows, group)
    return _solved(rows, list(group.jurors))


def _closed_form(rows: Totals[P, J], group: Group[P, J]) -> Fit[P, J]:
    prototypes, jurors = len(group.prototypes), len(group.jurors)
    means = {prototype: add(row.values()) / jurors for prototype, row in rows.items()}
    given = {juror: add(row[juror] for row in rows.values()) / prototypes for juror in group.jurors}
    level = add(means.values()) / prototypes
    return Fit(
        level,
        {prototype: level + (mean - level) * jurors / (jurors + FOR_PROTOTYPES) for prototype, mean in means.items()},
        {juror: (mean - level) * prototypes / (prototypes + FOR_JURORS) for juror, mean in given.items()},
    )


def _solved(rows: Totals[P, J], jurors: list[J]) -> Fit[P, J]:
    unknown: list[J | None] = [None, *jurors]  # None is m
    number = {juror: place for place, juror in enumerate(unknown)}
    matrix = [[Fraction(0)] * len(unknown) for _ in unknown]
    right = [Fraction(0)] * len(unknown)
    for place in range(1, len(unknown)):
        matrix[place][place] = FOR_JURORS
    for row in rows.values():
        _eliminate(row, number, matrix, right)
    level, *severities = _solution(matrix, right)
    by_juror = dict(zip(jurors, severities, strict=True))
    scores = {
        prototype: level
        + add(total - level - by_juror[juror] for juror, total in row.items()) / (len(row) + FOR_PROTOTYPES)
        for prototype, row in rows.items()
    }
    return Fit(level, scores, by_juror)


def _eliminate(
    row: Mapping[J, Fraction], number: Mapping[J | None, int], matrix: list[list[Fraction]], right: list[Fraction]
) -> None:
    """Adds one prototype's part of the equations for m and s, its own t eliminated."""
    shared, everything = 1 / (len(row) + FOR_PROTOTYPES), add(row.values())
    level_part = 1 - len(row) * shared
    matrix[0][0] += len(row) * level_part
    right[0] += everything * level_part
    for juror, total in row.items():
        one = number[juror]
        matrix[0][one] += level_part
        matrix[one][0] += level_part
        matrix[one][one] += 1
        right[one] += total - everything * shared
        for other in row:
            matrix[one][number[other]] -= shared


def _solution(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Gauss without exchanging rows; the matrix is symmetric and positive, so no pivot is zero."""
    size = len(right)
    for step in range(size):
        for below in range(step + 1, size):
            factor = matrix[below][step] / matrix[step][step]
            if factor:
                right[below] -= factor * right[step]
                for column in range(step, size):
                    matrix[below][column] -= factor * matrix[step][column]
    found = [Fraction(0)] * size
    for step in reversed(range(size)):
        known = add(matrix[step][column] * found[column] for column in range(step + 1, size))
        found[step] = (right[step] - known) / matrix[step][step]
    return found
