"""What the jury talks about and what teams are told."""

from fractions import Fraction

import pytest

from ideenlab.jury.maths import (
    CORRECTED,
    LOWER,
    MEAN,
    MEDIAN,
    MIDDLE,
    UPPER,
    Change,
    Rule,
    Sheet,
    agenda,
    calibration,
    changes_of,
    feedback_bands,
    ranking,
    table_of,
    uncertainty,
    what_if,
)
from tests.jury.panels import ONE, WEIGHTS, everybody, plain

RULE = Rule(WEIGHTS, 1)


def asked(sheets, change, rule=RULE, jurors=9):
    assigned = everybody(sheets, jurors)
    return what_if(sheets, rule, ranking(sheets, rule, assigned=assigned), change, assigned=assigned)


def ballot(prototype, juror, x, y, z):
    given = zip("xyz", (x, y, z), strict=True)
    return Sheet(prototype, juror, {c: None if points is None else Fraction(points) for c, points in given})


def test_every_single_thing_is_changed_once():
    found = changes_of(Rule(WEIGHTS, aggregate=MEDIAN), [7, 8])
    assert found[:2] == [Change(left_out=7), Change(left_out=8)]
    assert [(c.criterion, c.factor) for c in found[2:-2]] == [
        (c, Fraction(f, 10)) for c in "xyz" for f in (11, 9)
    ]  # fmt: skip
    assert [c.aggregate for c in found[-2:]] == [MEAN, CORRECTED]
    assert [c for c in changes_of(Rule(ONE), []) if c.criterion] == []


def test_without_one_juror_places_may_move_and_nothing_is_stored():
    sheets = plain({"a": {1: 5, 2: 3}, "b": {1: 1, 2: 4}, "c": {1: 0, 2: 0}})
    found = asked(sheets, Change(left_out=1), Rule(ONE, 1))
    assert found.moved == {"a": (1, 2), "b": (2, 1)}
    assert {s.prototype: s.score for s in found.standings} == {"a": 3, "b": 4, "c": 0}
    assert asked(sheets, Change(left_out=2), Rule(ONE, 1)).moved == {}


def test_a_juror_left_out_lowers_the_quorum_of_a_small_panel_only():
    sheets = plain({"a": {1: 5, 2: 3, 3: 3}, "b": {1: 1, 2: 4}})
    assert asked(sheets, Change(left_out=1), Rule(ONE, 3), jurors=3).moved == {}
    assert asked(sheets, Change(left_out=1), Rule(ONE, 3), jurors=9).moved == {"a": (1, None)}


def test_a_weight_ten_percent_larger_or_smaller():
    sheets = [ballot("a", 1, 3, 0, 0), ballot("b", 1, 0, 4, 1), ballot("c", 1, 0, 0, 2)]
    assert asked(sheets, Change(criterion="x", factor=Fraction(9, 10))).moved == {"a": (1, 2), "b": (2, 1)}
    assert asked(sheets, Change(criterion="x", factor=Fraction(11, 10))).moved == {}


def test_another_aggregate():
    sheets = plain({"a": {1: 5, 2: 5, 3: 0}, "b": {1: 4, 2: 4, 3: 4}})
    assert asked(sheets, Change(aggregate=MEDIAN), Rule(ONE, 1)).moved == {"b": (1, 2), "a": (2, 1)}


def points_of(table, *, prizes, rule=None):
    rule = rule or Rule(ONE, 1)
    sheets, assigned = plain(table), everybody(plain(table))
    standings = ranking(sheets, rule, assigned=assigned)
    found = uncertainty(sheets, rule, standings, assigned=assigned, jurors=[1, 2, 3], seed="a", draws=200)
    return agenda(table_of(sheets, rule, assigned), standings, found, prizes=prizes)


def test_talk_is_first_of_what_flips_then_of_the_largest_spread_then_of_what_is_near_the_line():
    table = {
        "sure": {1: 5, 2: 5, 3: 5}, "flips": {1: 4, 2: 3, 3: 3}, "flips more": {1: 1, 2: 4, 3: 4},
        "spread": {1: 2, 2: 1, 3: 1}, "last": {1: 0, 2: 0, 3: 0}, "open": {},
    }  # fmt: skip
    found = points_of(table, prizes=3)
    assert [point.prototype for point in found] == ["flips more", "flips", "spread", "last", "sure"]
    assert [point.flips for point in found] == [True, True, False, False, False]
    assert [point.spread for point in found] == [3, 1, 1, 0, 0]
    # the line lies between 3 and 4/3, at 13/6
    assert [point.distance for point in found[3:]] == [Fraction(13, 6), Fraction(17, 6)]


@pytest.mark.parametrize("prizes", [0, 2, 9])
def test_without_a_prize_line_nothing_is_near_it(prizes):
    table = {"a": {1: 5}, "b": {1: 3}}
    assert {point.distance for point in points_of(table, prizes=prizes)} == {None}


def test_calibration_shows_how_far_the_jury_lies_apart():
    found = calibration([ballot("p", 1, 4, 2, None), ballot("p", 2, 1, 2, None), ballot("p", 3, 4, None, None)], "xyz")
    assert (found["x"].number, found["x"].lowest, found["x"].highest, found["x"].mean) == (3, 1, 4, 3)
    assert (found["x"].spread, found["y"].spread, found["z"]) == (3, 0, None)


@pytest.mark.parametrize(
    ("points", "band"),
    [((0, 0), LOWER), ((1, Fraction(3, 2)), LOWER), ((1, 2), LOWER), ((Fraction(5, 3), Fraction(5, 3)), MIDDLE),
     ((3, 3), MIDDLE), ((Fraction(10, 3), Fraction(10, 3)), UPPER), ((5, 5), UPPER), ((5,), None), ((), None)],
)  # fmt: skip
def test_a_band_is_a_third_of_the_scale_and_one_ballot_alone_has_none(points, band):
    sheets = plain({"a": dict(enumerate(points)), "b": {0: 1}})
    table = table_of(sheets, Rule(ONE), {"a": 3, "b": 3})
    assert feedback_bands(table, "a", lowest=Fraction(0), highest=Fraction(5)) == {"x": band}


def test_an_excuse_is_no_ballot_for_the_band():
    sheets = [ballot("a", 1, 1, 4, None), ballot("a", 2, 5, None, 2)]
    table = table_of(sheets, RULE, {"a": 3})
    bands = feedback_bands(table, "a", lowest=Fraction(1), highest=Fraction(5))
    assert bands == {"x": MIDDLE, "y": None, "z": None}
