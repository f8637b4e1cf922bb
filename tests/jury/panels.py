"""Small juries with known numbers, for the tests of the arithmetic."""

from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from ideenlab.jury.maths import Sheet

ONE = {"x": Fraction(1)}  # the weights of ballots with one criterion
WEIGHTS = {"x": Fraction(3), "y": Fraction(2), "z": Fraction(1)}
POINTS = st.integers(0, 10).map(lambda number: Fraction(number, 2))


def plain(table):
    """Ballots with one criterion from {prototype: {juror: points}}."""
    return [Sheet(p, j, {"x": Fraction(points)}) for p, row in table.items() for j, points in row.items()]


def everybody(sheets, jurors=9):
    return dict.fromkeys(sorted({sheet.prototype for sheet in sheets}), jurors)


@st.composite
def full_panels(draw, *, excused=False):
    """Every juror scored every prototype; coarse points, so that ties are frequent."""
    value = st.one_of(POINTS, st.none()) if excused else POINTS
    ballots = st.fixed_dictionaries({"x": POINTS, "y": value, "z": value})
    rows, jurors = draw(st.integers(2, 5)), draw(st.integers(1, 4))
    return [Sheet(p, j, draw(ballots)) for p in range(rows) for j in range(jurors)]


@st.composite
def incomplete_panels(draw, *, first=0):
    """Some ballots are missing, others have an excuse; may fall apart into groups."""
    panel = draw(full_panels(excused=True))
    kept = draw(st.sets(st.sampled_from(range(len(panel))), min_size=1))
    return [
        Sheet(sheet.prototype + first, sheet.juror + first, sheet.values)
        for number, sheet in enumerate(panel) if number in kept
    ]  # fmt: skip


def noisy(prototypes, jurors, *, missing, seed=3):
    """A panel of the size of a real one: teams, severity and noise from a seeded generator."""
    chance = Random(seed)
    quality = [chance.gauss(0, 0.6) for _ in range(prototypes)]
    severity = [chance.gauss(0, 0.5) for _ in range(jurors)]

    def value(p, j):
        return Fraction(max(0, min(10, round(2 * (2.8 + quality[p] + severity[j] + chance.gauss(0, 0.7))))), 2)

    return [
        Sheet(p, j, {criterion: value(p, j) for criterion in WEIGHTS})
        for p in range(prototypes) for j in range(jurors) if chance.random() >= missing
    ]  # fmt: skip
