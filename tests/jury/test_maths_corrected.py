"""The score without severity, which aggregate decides, groups that cannot be compared, prizes and rounds."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.jury.maths import (
    AGGREGATES,
    BY_COMPARISON,
    CORRECTED,
    MEAN,
    MEDIAN,
    Group,
    Rule,
    Sheet,
    ballot_total,
    beside,
    corrected_scores,
    fit,
    groups_of,
    prize_rule,
    ranking,
    table_of,
)
from tests.jury.panels import ONE, POINTS, WEIGHTS, everybody, full_panels, incomplete_panels, plain

FEW = settings(max_examples=30, deadline=None)
# A strict juror saw the strong teams, a mild one the weak ones; c links them.
UNFAIR = {"a": {"strict": 3}, "b": {"strict": 2}, "c": {"strict": 1, "mild": 4}, "d": {"mild": 3}}


def standings(sheets, rule):
    return {standing.prototype: standing for standing in ranking(sheets, rule, assigned=everybody(sheets))}


def places(sheets, rule):
    return {prototype: standing.place for prototype, standing in standings(sheets, rule).items()}


def one(aggregate=MEAN, **more):
    return Rule(ONE, 1, aggregate, **more)


def totals(table):
    return {p: {j: Fraction(points) for j, points in row.items()} for p, row in table.items()}


def test_what_a_strict_juror_saw_is_not_pulled_down():
    assert places(plain(UNFAIR), one()) == {"a": 1, "d": 1, "c": 3, "b": 4}
    assert places(plain(UNFAIR), one(CORRECTED)) == {"a": 1, "b": 2, "c": 3, "d": 4}


@FEW
@given(incomplete_panels())
def test_the_estimate_is_the_least_of_its_sum(sheets):
    """No other m, t or s makes the sum of squares and penalties smaller: its slope is zero in each of them."""
    rows = table_of(sheets, Rule(WEIGHTS), everybody(sheets)).totals
    for group in groups_of(rows):
        found = fit(rows, group)
        t = {p: score - found.level for p, score in found.scores.items()}
        rest = {(p, j): x - found.level - t[p] - found.severities[j] for p in t for j, x in rows[p].items()}
        assert sum(rest.values()) == 0
        assert all(sum(r for (p, _), r in rest.items() if p == one) == t[one] / 100 for one in t)
        assert all(sum(r for (_, j), r in rest.items() if j == one) == s for one, s in found.severities.items())


def test_severity_is_below_zero_for_the_strict():
    rows = totals(UNFAIR)
    severities = fit(rows, *groups_of(rows)).severities
    assert severities["strict"] == -severities["mild"] < 0


def test_one_ballot_alone_is_its_own_level():
    assert corrected_scores({"a": {"j": Fraction(4)}}) == {"a": 4}


@FEW
@given(full_panels(excused=True))
def test_the_closed_form_of_a_full_panel_solves_the_equations(sheets):
    """A prototype without ballots of its own makes the panel incomplete without changing anything."""
    rows = dict(table_of(sheets, Rule(WEIGHTS), everybody(sheets)).totals)
    (group,) = groups_of(rows)
    wider = Group(group.prototypes | {"none"}, group.jurors)
    general = fit(rows | {"none": {}}, wider)
    assert general.scores == fit(rows, group).scores | {"none": general.level}
    assert general.severities == fit(rows, group).severities


@FEW
@given(full_panels(excused=True))
def test_a_full_panel_has_the_same_order_corrected_as_raw(sheets):
    raw, corrected = (standings(sheets, Rule(WEIGHTS, 1, name)) for name in (MEAN, CORRECTED))
    assert {p: (s.place, s.tie) for p, s in raw.items()} == {p: (s.place, s.tie) for p, s in corrected.items()}


@FEW
@given(full_panels(), st.fractions(-3, 3))
def test_a_constant_added_to_one_jurors_full_ballots_changes_no_place(sheets, constant):
    moved = [
        replace(s, values={c: v + constant for c, v in s.values.items()}) if s.juror == 0 else s for s in sheets
    ]  # fmt: skip
    rule = Rule(WEIGHTS, 1, CORRECTED)
    assert places(sheets, rule) == places(moved, rule)


@FEW
@given(incomplete_panels(), incomplete_panels(first=10), st.sampled_from(AGGREGATES), st.randoms(use_true_random=False))
def test_permuting_rows_changes_nothing_under_any_aggregate(some, others, aggregate, chance):
    sheets = some + others
    mixed = [replace(sheet, values=dict(reversed(sheet.values.items()))) for sheet in sheets]
    chance.shuffle(mixed)
    rule = Rule(WEIGHTS, 1, aggregate)
    assert standings(sheets, rule) == standings(mixed, replace(rule, weights=dict(reversed(WEIGHTS.items()))))


@FEW
@given(incomplete_panels(), incomplete_panels(first=10), st.integers(1, 4))
def test_panels_that_nobody_links_are_never_ranked_together(some, others, constant):
    rule = Rule(WEIGHTS, 1, CORRECTED)
    found = standings(some + others, rule)
    assert all(len({prototype >= 10 for prototype in s.ranked_with}) == 1 for s in found.values() if s.place)
    higher = [replace(s, values={c: v and v + constant for c, v in s.values.items()}) for s in others]
    after = standings(some + higher, rule)
    assert all(found[prototype] == after[prototype] for prototype in found if prototype < 10)
    assert {s.prototype for s in found.values() if s.place == 1} >= {min(found, key=lambda p: (found[p].place, p))}


def test_every_group_has_its_own_first_place_and_is_named():
    table = {"a": {1: 5}, "b": {1: 4}, "c": {2: 3}, "d": {2: 2}, "e": {2: 1}, "f": {}}
    assert places(plain(table), one(CORRECTED)) == {"a": 1, "b": 2, "c": 1, "d": 2, "e": 3}
    assert places(plain(table), one()) == {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
    assert groups_of(table) == [Group(frozenset("cde"), frozenset([2])), Group(frozenset("ab"), frozenset([1]))]
    assert standings(plain(table), one(CORRECTED))["a"].ranked_with == frozenset("ab")


def test_a_prototype_below_the_quorum_still_links_and_tells_of_severity():
    rule = Rule(ONE, 2, CORRECTED)
    table = {"a": {1: 4, 2: 4}, "link": {2: 3}, "b": {2: 5, 3: 1}}
    found = standings(plain(table), rule)
    assert found["link"].place is None
    assert found["a"].ranked_with == frozenset("ab")
    assert found["link"].ranked_with == frozenset()


@pytest.mark.parametrize(
    ("points", "median"), [((1, 2, 5), 2), ((1, 2, 5, 5), Fraction(7, 2)), ((3,), 3), ((0, 0, 5, 5), Fraction(5, 2))]
)
def test_the_median_is_the_middle_and_of_an_even_number_the_middle_of_two(points, median):
    assert standings(plain({"a": dict(enumerate(points))}), one(MEDIAN))["a"].score == median


def test_mean_and_median_may_name_different_winners_and_all_stand_side_by_side():
    sheets = plain({"a": {1: 5, 2: 5, 3: 0}, "b": {1: 4, 2: 4, 3: 4}})
    found = beside(sheets, one(), assigned=everybody(sheets))
    first = {name: [s.prototype for s in standings if s.place == 1] for name, standings in found.items()}
    assert first == {MEAN: ["b"], MEDIAN: ["a"], CORRECTED: ["b"]}


def test_ties_are_broken_only_as_the_rules_say():
    sheets = plain({"a": {1: 4, 2: 4, 3: 1}, "b": {1: 3, 2: 3, 3: 3}})
    assert places(sheets, one()) == {"a": 1, "b": 2}
    assert places(sheets, one(ties=(BY_COMPARISON,))) == {"a": 1, "b": 2}
    assert places(sheets, one(ties=())) == {"a": 1, "b": 1}


@FEW
@given(st.fixed_dictionaries({"x": POINTS, "y": POINTS}))
def test_a_missing_criterion_never_lowers_a_prototype(scored):
    """It counts as if the criterion were not there, and never less than a zero."""
    without = {criterion: weight for criterion, weight in WEIGHTS.items() if criterion != "z"}
    total = ballot_total(scored | {"z": None}, WEIGHTS)
    assert total == ballot_total(scored, without)
    assert total >= ballot_total(scored | {"z": Fraction(0)}, WEIGHTS)


def test_an_excused_criterion_costs_no_place():
    sheets = [
        Sheet("a", 1, {"x": Fraction(4), "y": Fraction(4), "z": None}),
        Sheet("b", 1, {"x": Fraction(4), "y": Fraction(3), "z": Fraction(4)}),
    ]
    assert places(sheets, Rule(WEIGHTS, 1)) == {"a": 1, "b": 2}


def ballot(prototype, x, y, z, juror=1):
    given = zip("xyz", (x, y, z), strict=True)
    return Sheet(prototype, juror, {c: None if points is None else Fraction(points) for c, points in given})


def test_a_prize_goes_by_its_own_criteria_and_prototypes():
    sheets = [ballot("a", 5, 1, 1), ballot("b", 1, 5, 1), ballot("c", 1, 2, 5)]
    rule = Rule(WEIGHTS, 1)
    assert places(sheets, rule) == {"a": 1, "b": 2, "c": 3}
    assert places(sheets, prize_rule(rule, weights={"z": Fraction(1)})) == {"c": 1, "a": 2, "b": 2}
    assert places(sheets, prize_rule(rule, among={"b", "c"})) == {"b": 1, "c": 2}


def test_a_ballot_counts_for_a_prize_when_it_counts_at_all():
    unfinished = Sheet("a", 2, {"x": Fraction(5)})
    rule = prize_rule(Rule(WEIGHTS, 1), weights={"x": Fraction(1)})
    found = standings([ballot("a", 1, 1, 1), unfinished, ballot("b", None, 5, 5), ballot("b", 2, 5, 5, juror=2)], rule)
    assert {p: (s.score, s.ballots) for p, s in found.items()} == {"a": (1, 1), "b": (2, 1)}


def test_the_other_challenges_still_tell_how_strict_jurors_are():
    rule = prize_rule(one(CORRECTED), among=["a", "d"])
    assert places(plain(UNFAIR), rule) == {"a": 1, "d": 2}
    whole = standings(plain(UNFAIR), one(CORRECTED))
    assert all(whole[p].score == standing.score for p, standing in standings(plain(UNFAIR), rule).items())


def test_a_share_of_an_earlier_round_is_carried_and_a_newcomer_has_this_round_alone():
    final = plain({"a": {1: 3}, "b": {1: 4}, "new": {1: 4}})
    rule = one(carried={"a": Fraction(5), "b": Fraction(3)}, share=Fraction(2, 5))
    assert {p: s.score for p, s in standings(final, rule).items()} == {
        "a": Fraction(19, 5), "b": Fraction(18, 5), "new": 4,
    }  # fmt: skip
    assert places(final, replace(rule, share=Fraction(0))) == {"b": 1, "new": 1, "a": 3}
    assert prize_rule(rule, weights={"x": Fraction(2)}).share == 0


@pytest.mark.parametrize(
    "wrong", [{"aggregate": "mode"}, {"ties": ("name",)}, {"share": Fraction(2)}, {"weights": {}},
              {"weights": {"x": Fraction(0)}}]
)  # fmt: skip
def test_rules_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        Rule(**({"weights": ONE} | wrong))
