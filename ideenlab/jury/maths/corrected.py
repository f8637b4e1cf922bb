"""The score without the severity of the jurors: exact ridge least squares.

Model: the total juror j gave prototype i is x_ij = m + t_i + s_j + noise. Estimated by the least
Σ (x_ij − m − t_i − s_j)² + λ_t·Σ t_i² + λ_s·Σ s_j², with m free of penalty, λ_s = 1 and λ_t = 1/100, over all ballots
that count. The corrected score of a prototype is m + t_i: what a juror of average severity would have given it.
Units: points. Source: point 4 of "From ballot to ranking".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
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
    """The equations are solved in whole numbers: totals times `unit`, coefficients times `scale`."""
    unit = lcm(*(total.denominator for row in rows.values() for total in row.values()))
    whole = {p: {juror: int(total * unit) for juror, total in row.items()} for p, row in rows.items()}
    matrix, right = _equations(whole, jurors)
    determinant, found = _solution(matrix, right)
    level, parts = found[0], dict(zip(jurors, found[1:], strict=True))
    scores = {}
    for prototype, row in whole.items():
        rest = determinant * sum(row.values()) - len(row) * level - sum(parts[juror] for juror in row)
        scores[prototype] = Fraction(level, determinant * unit) + Fraction(rest, determinant * unit) / (
            len(row) + FOR_PROTOTYPES
        )
    severities = {juror: Fraction(part, determinant * unit) for juror, part in parts.items()}
    return Fit(Fraction(level, determinant * unit), scores, severities)


def _equations(whole: Mapping[P, Mapping[J, int]], jurors: list[J]) -> tuple[list[list[int]], list[int]]:
    """Matrix and right side for m and the severities, t eliminated; everything times the common `scale`.

    With u = 1 ÷ (n_i + λ_t) two jurors have the coefficient −Σ u over the prototypes that both scored. u depends only
    on n_i, so these prototypes are counted for each n_i, as bits of a number.
    """
    bits = {prototype: 1 << place for place, prototype in enumerate(whole)}
    with_number: dict[int, int] = {}
    for prototype, row in whole.items():
        if row:
            with_number[len(row)] = with_number.get(len(row), 0) | bits[prototype]
    scale = lcm(*((number + FOR_PROTOTYPES).numerator for number in with_number))
    shares = {number: int(scale / (number + FOR_PROTOTYPES)) for number in with_number}
    scored = {juror: sum(bits[p] for p, row in whole.items() if juror in row) for juror in jurors}

    def shared(members: int) -> int:
        return sum(shares[number] * (members & of_number).bit_count() for number, of_number in with_number.items())

    left = [int(FOR_PROTOTYPES * shared(scored[juror])) for juror in jurors]
    totals = {prototype: (shares[len(row)] if row else 0) * sum(row.values()) for prototype, row in whole.items()}
    matrix = [[int(FOR_PROTOTYPES * sum(len(row) * shares[len(row)] for row in whole.values() if row)), *left]]
    right = [int(FOR_PROTOTYPES * sum(totals.values()))]
    for place, juror in enumerate(jurors):
        line = [-shared(scored[juror] & scored[other]) for other in jurors]
        line[place] += int(scale * (FOR_JURORS + scored[juror].bit_count()))
        matrix.append([left[place], *line])
        right.append(sum(scale * row[juror] - totals[p] for p, row in whole.items() if juror in row))
    return matrix, right


def _solution(matrix: list[list[int]], right: list[int]) -> tuple[int, list[int]]:
    """The determinant, and the solution times the determinant: elimination without fractions (Bareiss).

    The matrix is symmetric and positive, so no pivot is zero; every division is exact.
    """
    lines, before = [[*line, last] for line, last in zip(matrix, right, strict=True)], 1
    size = len(lines)
    for step in range(size - 1):
        pivot, upper = lines[step][step], lines[step][step + 1 :]
        for place in range(step + 1, size):
            factor, line = lines[place][step], lines[place]
            line[step + 1 :] = [
                (pivot * x - factor * y) // before for x, y in zip(line[step + 1 :], upper, strict=True)
            ]
        before = pivot
    determinant = lines[-1][size - 1]
    found = [0] * size
    for step in reversed(range(size)):
        known = sum(lines[step][column] * found[column] for column in range(step + 1, size))
        found[step] = (determinant * lines[step][size] - known) // lines[step][step]
    return determinant, found
