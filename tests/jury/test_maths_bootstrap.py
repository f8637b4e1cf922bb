"""How sure the order is: draws, intervals, chances, bands."""

from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.jury.maths import (
    AGGREGATES,
    CORRECTED,
    MEAN,
    MEDIAN,
    Group,
    Rule,
    canonical_json,
    fit,
    groups_of,
    mean,
    median,
    ranking,
    uncertainty,
)
from ideenlab.jury.maths.bootstrap import drawn
from ideenlab.jury.maths.draws import corrected_of, mean_of, median_of
from tests.jury.panels import ONE, WEIGHTS, everybody, incomplete_panels, plain


def outlook(sheets, rule, *, seed="a", draws=100):
    assigned = everybody(sheets)
    jurors = sorted({sheet.juror for sheet in sheets})
    standings = ranking(sheets, rule, assigned=assigned)
    return uncertainty(sheets, rule, standings, assigned=assigned, jurors=jurors, seed=seed, draws=draws)


def test_slots_take_jurors_by_hash():
    """printf 'a seed/4/N' | sha256sum for N = 0, 1, 2: they leave 0, 2, 0 when divided by three."""
    assert drawn("a seed", 4, 3) == [2, 0, 1]
    assert drawn("a seed", 4, 1) == [1]


tables = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 50)), min_size=4, max_size=4), min_size=1, max_size=5)


def close(found, exact):
    return len(found) == len(exact) and all(
        one is other is None or abs(Fraction(one) - other) < 1e-9 for one, other in zip(found, exact, strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(tables, st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_a_draw_is_what_the_exact_arithmetic_says_of_the_drawn_jurors(table, times):
    """A juror drawn twice is two jurors with the same ballots."""
    rows = [[(j, x / 10) for j, x in enumerate(row) if x is not None] for row in table]
    again = [
        {(j, copy): Fraction(x, 10) for j, x in enumerate(row) if x is not None for copy in range(times[j])}
        for row in table
    ]
    assert close(mean_of(rows)(times), [mean(list(row.values())) for row in again])
    assert close(median_of(rows)(times), [median(list(row.values())) for row in again])
    exact = {}
    for group in groups_of({number: [j for j, _x in row] for number, row in enumerate(rows)}):
        present = {number: again[number] for number in group.prototypes if again[number]}
        if present:
            everyone = Group(frozenset(present), frozenset(j for row in present.values() for j in row))
            exact |= fit(present, everyone).scores
    assert close(corrected_of(rows)(times), [exact.get(number) for number in range(len(rows))])


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [(MEAN, "c4e1ccfb67affedb"), (MEDIAN, "0e7eb89318288a08"), (CORRECTED, "1437ec11f9f2c028")],
)
def test_figures_are_the_same_to_the_last_bit_everywhere(aggregate, expected):
    table = {p: {j: Fraction((7 * p + 3 * j + p * j) % 11, 3) for j in range(6) if (p + 3 * j) % 4} for p in range(8)}
    found = outlook(plain(table), Rule(ONE, 1, aggregate))
    figures = {
        str(p): [str(o.low), str(o.high), *(str(x) for x in o.chances.values())] for p, o in found.outlooks.items()
    }
    assert sha256(canonical_json(figures).encode()).hexdigest()[:16] == expected


@settings(max_examples=25, deadline=None)
@given(incomplete_panels(), st.sampled_from(AGGREGATES), st.randoms(use_true_random=False))
def test_chances_add_up_and_rows_may_come_in_any_order(sheets, aggregate, chance):
    rule = Rule(WEIGHTS, 1, aggregate)
    found = outlook(sheets, rule, draws=20)
    for one in found.outlooks.values():
        assert sum(one.chances.values()) == (1 if one.draws else 0)
        assert one.low is None or one.low <= one.high
    mixed = list(sheets)
    chance.shuffle(mixed)
    assert outlook(mixed, rule, draws=20) == found


def test_ties_share_their_places_evenly():
    found = outlook(plain({"a": {1: 4, 2: 4}, "b": {1: 4, 2: 4}, "c": {1: 1, 2: 1}}), Rule(ONE, 1))
    assert found.outlooks["a"].chances == {1: Fraction(1, 2), 2: Fraction(1, 2)}
    assert found.outlooks["c"].chances == {3: 1}
    assert (found.outlooks["c"].low, found.outlooks["c"].high) == (1, 1)
    assert found.outlooks["a"].chance(1) == Fraction(1, 2)
    assert found.outlooks["a"].chance(2) == 1


def test_prototypes_that_share_a_place_are_a_band_and_a_clear_order_is_none():
    clear = {"a": {1: 5, 2: 4}, "b": {1: 3, 2: 2}}
    assert outlook(plain(clear), Rule(ONE, 1)).bands == []
    assert outlook(plain(clear), Rule(ONE, 1)).support == {("a", "b"): 1}
    assert outlook(plain({"a": {1: 4}, "b": {1: 4}, "c": {1: 1}}), Rule(ONE, 1)).bands == [["a", "b"]]


def test_an_order_that_hangs_on_one_juror_is_a_band_and_bands_chain():
    table = {"a": {1: 5, 2: 3, 3: 3}, "b": {1: 1, 2: 4, 3: 4}, "c": {1: 4, 2: 1, 3: 3}, "d": {1: 0, 2: 0, 3: 0}}
    found = outlook(plain(table), Rule(ONE, 1), draws=1000)
    assert found.bands == [["a", "b", "c"]]
    assert found.support["c", "d"] == 1
    # b is ahead of a in the draws without juror 1: 8 of 27
    assert abs(found.support["a", "b"] - Fraction(19, 27)) < Fraction(1, 20)


def test_a_prototype_leaves_the_draws_in_which_it_has_no_ballot():
    found = outlook(plain({"a": {1: 4, 2: 4}, "b": {1: 3}}), Rule(ONE, 1), draws=1000)
    assert found.outlooks["a"].draws == 1000
    assert abs(found.outlooks["b"].draws - 750) < 50
    assert found.outlooks["b"].chances == {2: 1}
    assert found.support == {("a", "b"): 1}


def test_draws_take_part_with_the_aggregate_and_round_that_are_published():
    table = {"a": {1: 5, 2: 5, 3: 0}, "b": {1: 4, 2: 4, 3: 4}}
    by_mean, by_median = (outlook(plain(table), Rule(ONE, 1, name)) for name in (MEAN, MEDIAN))
    assert by_mean.outlooks["b"].chance(1) > Fraction(1, 2) > by_median.outlooks["b"].chance(1)
    carried = Rule(ONE, 1, carried={"a": Fraction(5), "b": Fraction(0)}, share=Fraction(9, 10))
    assert outlook(plain(table), carried).outlooks["a"].chance(1) == 1


def test_groups_have_places_bands_and_chances_of_their_own():
    table = {"a": {1: 5, 2: 5}, "b": {1: 1, 2: 1}, "c": {8: 3, 9: 3}, "d": {8: 3, 9: 3}}
    found = outlook(plain(table), Rule(ONE, 1, CORRECTED), draws=200)
    assert found.outlooks["a"].chances == {1: 1}
    assert found.bands == [["c", "d"]]
    assert set(found.support) == {("a", "b")}


def test_prototypes_without_a_place_take_none_away():
    found = outlook(plain({"a": {1: 3, 2: 3}, "b": {1: 5}}), Rule(ONE, 2))
    assert set(found.outlooks) == {"a"}
    assert found.outlooks["a"].chances == {1: 1}


def test_without_ballots_nothing_is_said():
    found = uncertainty([], Rule(ONE), [], assigned={"a": 3}, jurors=[1], seed="a")
    assert (found.outlooks, found.support, found.bands, found.jurors) == ({}, {}, [], 0)


def test_a_prize_has_chances_among_its_own_prototypes():
    sheets = plain({"a": {1: 5, 2: 5}, "b": {1: 4, 2: 2}, "c": {1: 1, 2: 1}})
    found = outlook(sheets, Rule(ONE, 1, among={"b", "c"}))
    assert {prototype: one.chances for prototype, one in found.outlooks.items()} == {"b": {1: 1}, "c": {2: 1}}
