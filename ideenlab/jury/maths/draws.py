"""One draw of the bootstrap: the aggregate of a panel in which jurors count several times or not at all.

Plain float64 with only + − × ÷, in the order of the protocol's numbers and without sum(), which adds differently from
one Python to the next: so a draw is the same to the last bit on every machine. A juror drawn w times counts as w jurors
with the same ballots. Prototypes and jurors are positions in the protocol here, totals and scores are in points.
"""

from collections.abc import Callable, Sequence

from ideenlab.jury.maths.corrected import FOR_JURORS, FOR_PROTOTYPES
from ideenlab.jury.maths.groups import groups_of

Row = list[tuple[int, float]]  # (juror, total) of one prototype, by juror
Draw = Callable[[Sequence[int]], list[float | None]]  # how often each juror was drawn -> score of each prototype


def mean_of(rows: Sequence[Row]) -> Draw:
    """The mean of what was drawn; None for a prototype without a ballot in this draw."""

    def draw(times: Sequence[int]) -> list[float | None]:
        scores: list[float | None] = []
        for row in rows:
            number, total = 0, 0.0
            for juror, points in row:
                number += times[juror]
                total += times[juror] * points
            scores.append(total / number if number else None)
        return scores

    return draw


def median_of(rows: Sequence[Row]) -> Draw:
    """The middle of what was drawn, with an even number the mean of the two in the middle."""
    by_points = [sorted((points, juror) for juror, points in row) for row in rows]

    def draw(times: Sequence[int]) -> list[float | None]:
        scores: list[float | None] = []
        for row in by_points:
            number = 0
            for _points, juror in row:
                number += times[juror]
            scores.append(_middle(row, times, number) if number else None)
        return scores

    return draw


def _middle(row: Sequence[tuple[float, int]], times: Sequence[int], number: int) -> float:
    passed, lower = 0, None
    for points, juror in row:
        passed += times[juror]
        if lower is None and 2 * passed >= number:
            lower = points
        if lower is not None and 2 * passed > number:
            return (lower + points) / 2.0
    raise AssertionError("the middle lies inside")


def corrected_of(rows: Sequence[Row]) -> Draw:
    """The corrected score, each group that can be compared by itself.

    A draw that happens to fall apart is still computed as one: what then links its parts is only the penalty on
    severity.
    """
    groups = groups_of({number: [juror for juror, _points in row] for number, row in enumerate(rows)})
    parts = []
    for group in groups:
        members = sorted(group.prototypes)
        full = all(len(rows[number]) == len(group.jurors) for number in members)
        part = [rows[number] for number in members]
        parts.append((members, _full(part) if full else _Ridge(part, sorted(group.jurors)).draw))

    def draw(times: Sequence[int]) -> list[float | None]:
        scores: list[float | None] = [None] * len(rows)
        for members, of_part in parts:
            for number, score in zip(members, of_part(times), strict=True):
                scores[number] = score
        return scores

    return draw


def _full(rows: Sequence[Row]) -> Draw:
    """The closed form of a full panel: every score moves the same small share towards the level."""
    means_of, penalty = mean_of(rows), float(FOR_PROTOTYPES)

    def draw(times: Sequence[int]) -> list[float | None]:
        means = means_of(times)
        number, total = 0, 0.0
        for juror, _points in rows[0]:
            number += times[juror]
        if not number:
            return means
        for mean in means:
            total += mean or 0.0
        level, kept = total / len(rows), number / (number + penalty)
        return [None if mean is None else level + (mean - level) * kept for mean in means]

    return draw


class _Ridge:
    """An incomplete panel. The unknowns of the equations are m and, for every juror drawn w times, y = w · severity.

    With u_i = 1 ÷ (ballots of i + λ_t) the coefficient of two jurors is −Σ u_i over the prototypes that both scored.
    u_i depends only on the number of ballots, so it is enough to count those prototypes for each number: bits in sets.
    """

    def __init__(self, rows: Sequence[Row], jurors: Sequence[int]) -> None:
        self.rows, self.jurors = rows, jurors
        self.scored = {juror: 0 for juror in jurors}  # sets of prototypes, as bits
        self.given = {juror: 0.0 for juror in jurors}
        for number, row in enumerate(rows):
            for juror, points in row:
                self.scored[juror] |= 1 << number
                self.given[juror] += points

    def draw(self, times: Sequence[int]) -> list[float | None]:
        numbers, totals = self._drawn(times)
        weights = {number: 1.0 / (number + float(FOR_PROTOTYPES)) for number in sorted(set(numbers)) if number}
        if not weights:
            return [None] * len(self.rows)
        drawn = [juror for juror in self.jurors if times[juror]]
        level, *severities = _solved(*self._equations(drawn, times, numbers, totals, weights))
        pulls = dict.fromkeys(self.jurors, 0.0) | dict(zip(drawn, severities, strict=True))
        scores: list[float | None] = []
        for row, number, total in zip(self.rows, numbers, totals, strict=True):
            rest = total - number * level
            for juror, _points in row:
                rest -= pulls[juror]
            scores.append(level + rest * weights[number] if number else None)
        return scores

    def _drawn(self, times: Sequence[int]) -> tuple[list[int], list[float]]:
        """How many ballots each prototype has in this draw, and their sum."""
        numbers, totals = [], []
        for row in self.rows:
            number, total = 0, 0.0
            for juror, points in row:
                if times[juror]:
                    number += times[juror]
                    total += times[juror] * points
            numbers.append(number)
            totals.append(total)
        return numbers, totals

    def _equations(
        self,
        drawn: Sequence[int],
        times: Sequence[int],
        numbers: Sequence[int],
        totals: Sequence[float],
        weights: dict[int, float],
    ) -> tuple[list[list[float]], list[float]]:
        """The lower half of the symmetric matrix, row by row, and the right side; m is the first unknown."""
        penalty = float(FOR_PROTOTYPES)
        sets = dict.fromkeys(weights, 0)
        left, right = 0.0, 0.0
        shares = dict.fromkeys(drawn, 0.0)  # Σ u_i · total of i over what the juror scored
        for place, (row, number, total) in enumerate(zip(self.rows, numbers, totals, strict=True)):
            if number:
                sets[number] |= 1 << place
                part = weights[number] * total
                left += penalty * number * weights[number]
                right += penalty * part
                for juror, _points in row:
                    if times[juror]:
                        shares[juror] += part
        classes = [(weights[number], sets[number]) for number in weights]
        matrix, rights = [[left]], [right]
        for position, juror in enumerate(drawn):
            mine = self.scored[juror]
            of_all = _weighed(mine, classes)
            line = [penalty * of_all]
            line += [-_weighed(mine & self.scored[other], classes) for other in drawn[:position]]
            line.append((float(FOR_JURORS) + mine.bit_count()) / times[juror] - of_all)
            matrix.append(line)
            rights.append(self.given[juror] - shares[juror])
        return matrix, rights


def _weighed(members: int, classes: Sequence[tuple[float, int]]) -> float:
    total = 0.0
    for weight, of_class in classes:
        total += weight * (members & of_class).bit_count()
    return total


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solves a symmetric positive system, given by its lower half, as L · D · Lᵀ; both arguments are used up."""
    size = len(right)
    for row, line in enumerate(matrix):
        scaled: list[float] = []  # L · D of this row
        for column in range(row):
            value, above = line[column], matrix[column]
            for place in range(column):
                value -= scaled[place] * above[place]
            scaled.append(value)
            line[column] = value / above[column]
            line[row] -= line[column] * value
            right[row] -= line[column] * right[column]
    for row in range(size):
        right[row] /= matrix[row][row]
    for row in reversed(range(size)):
        found, line = right[row], matrix[row]
        for column in range(row):
            right[column] -= line[column] * found
    return right
