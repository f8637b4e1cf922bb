"""The worked example of docs/judging.md is true."""

from fractions import Fraction
from pathlib import Path

from ideenlab.jury.maths import AGGREGATES, MEAN, Rule, Sheet, ballot_total, beside, six_places, uncertainty

WEIGHTS = {"benefit": Fraction(3), "novelty": Fraction(1)}


def tables():
    """Of the page, each as rows of cells, without its head."""
    found, rows = [], []
    for line in [*Path(__file__).parents[2].joinpath("docs/judging.md").read_text().splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


def test_the_worked_example_is_what_the_arithmetic_says():
    ballots, places, chances, *_ = tables()
    sheets = []
    for prototype, juror, *points, total in ballots:
        values = {c: None if x == "–" else Fraction(x) for c, x in zip(WEIGHTS, points, strict=True)}
        assert ballot_total(values, WEIGHTS) == Fraction(total)
        sheets.append(Sheet(prototype, juror, values))
    assigned, rule = {row[0]: 2 for row in places}, Rule(WEIGHTS, 1)
    found = beside(sheets, rule, assigned=assigned)
    for number, (prototype, *shown) in enumerate(places):
        standings = [found[name][number] for name in AGGREGATES]
        assert {s.prototype for s in standings} == {prototype}
        assert shown == [text for s in standings for text in (six_places(s.score), str(s.place))]
    drawn = uncertainty(sheets, rule, found[MEAN], assigned=assigned, jurors=["Ada", "Ben"], seed="docs")
    for prototype, low, high, chance, draws in chances:
        one = drawn.outlooks[prototype]
        assert [low, high, chance] == [six_places(x) for x in (one.low, one.high, one.chance(1))]
        assert int(draws) == one.draws
    assert drawn.bands == [["Radkarte", "Leihkarte", "Parkfinder"]]
    assert (len(ballots), len(places), len(chances)) == (6, 4, 4)
