from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.jury.maths import Rule, Sheet, ballot_total, counts, mean, ranking, six_places

HALF = Fraction(1, 2)
WEIGHTS = {"benefit": Fraction(2), "novelty": Fraction(1), "craft": Fraction("1.5")}


def sheet(prototype, juror, *points, submitted=True):
    """A ballot in the order of WEIGHTS: a number, None for no answer, "" for not scored."""
    values = {key: None if p is None else Fraction(str(p)) for key, p in zip(WEIGHTS, points, strict=True) if p != ""}
    return Sheet(prototype, juror, values, submitted)


def standings(sheets, *, weights=None, quorum=1, jurors=9):
    weights = WEIGHTS if weights is None else weights
    found = ranking(sheets, Rule(weights, quorum), assigned={s.prototype: jurors for s in sheets})
    return {standing.prototype: standing for standing in found}


def places(sheets, **more):
    return {prototype: standing.place for prototype, standing in standings(sheets, **more).items()}


def ties(sheets, **more):
    return {prototype: standing.tie for prototype, standing in standings(sheets, **more).items()}


def test_a_total_is_the_weighted_mean_of_what_was_scored():
    assert ballot_total({"benefit": Fraction(4), "novelty": Fraction(1), "craft": Fraction(2)}, WEIGHTS) == Fraction(
        8, 3
    )


def test_an_excused_criterion_leaves_both_sums():
    assert ballot_total({"benefit": Fraction(4), "novelty": None, "craft": Fraction(4)}, WEIGHTS) == 4


def test_nothing_scored_has_no_total():
    assert ballot_total({"benefit": None, "novelty": None, "craft": None}, WEIGHTS) is None


def test_a_weight_of_zero_is_no_weight():
    with pytest.raises(ValueError):
        ballot_total({"benefit": Fraction(4)}, {"benefit": Fraction(0)})


@pytest.mark.parametrize(
    ("ballot", "expected"),
    [
        (sheet("a", 1, 4, 1, 2), True),
        (sheet("a", 1, 0, 0, 0), True),
        (sheet("a", 1, 4, None, 2), True),
        (sheet("a", 1, 4, "", 2), False),
        (sheet("a", 1, "", "", ""), False),
        (sheet("a", 1, None, None, None), False),
        (sheet("a", 1, 4, 1, 2, submitted=False), False),
    ],
)
def test_a_ballot_counts_when_submitted_and_complete(ballot, expected):
    assert counts(ballot, WEIGHTS) is expected


def test_an_unfinished_ballot_pulls_nobody_down():
    full = [sheet("a", juror, 4, 4, 4) for juror in range(3)]
    unfinished = [sheet("a", 7, 1, "", ""), sheet("a", 8, "", "", ""), sheet("a", 9, 0, 0, 0, submitted=False)]
    assert standings(full + unfinished)["a"] == standings(full)["a"]


def test_the_score_is_the_mean_of_the_totals():
    found = standings([sheet("a", 1, 4, 1, 2), sheet("a", 2, 5, 5, 5)])["a"]
    assert (found.score, found.ballots) == (Fraction(23, 6), 2)


def test_means_by_criterion_leave_out_what_was_excused():
    found = standings([sheet("a", 1, 4, None, 2), sheet("a", 2, 5, None, 5)])["a"]
    assert found.means == {"benefit": Fraction(9, 2), "novelty": None, "craft": Fraction(7, 2)}


@pytest.mark.parametrize(
    ("ballots", "quorum", "jurors", "place"),
    [(3, 3, 7, 1), (2, 3, 7, None), (2, 3, 2, 1), (1, 3, 2, None), (1, 3, 1, 1), (1, 3, 0, 1), (9, 3, 9, 1)],
)
def test_the_quorum_is_three_or_all_who_may_score_if_fewer(ballots, quorum, jurors, place):
    found = standings([sheet("a", juror, 4, 4, 4) for juror in range(ballots)], quorum=quorum, jurors=jurors)["a"]
    assert found.place == place
    assert found.score == 4


def test_a_prototype_without_ballots_is_not_last_but_not_ranked():
    found = ranking([sheet("a", 1, 4, 4, 4)], Rule(WEIGHTS, 1), assigned={"a": 3, "b": 3})
    assert [(s.prototype, s.score, s.ballots, s.place) for s in found] == [("a", 4, 1, 1), ("b", None, 0, None)]


def test_two_ballots_of_one_juror_for_one_prototype_are_refused():
    with pytest.raises(ValueError):
        standings([sheet("a", 1, 4, 4, 4), sheet("a", 1, 4, 4, 4)])


def test_different_scores_need_no_rule_for_ties():
    sheets = [sheet("a", 1, 3, 3, 3), sheet("b", 1, 4, 4, 4)]
    assert places(sheets) == {"b": 1, "a": 2}
    assert set(ties(sheets).values()) == {""}


def test_equal_scores_go_by_the_criterion_with_the_largest_weight():
    sheets = [sheet("a", 1, 3, 5, 4), sheet("b", 1, 4, 3, 4)]
    assert places(sheets) == {"b": 1, "a": 2}
    assert ties(sheets) == {"a": "criterion", "b": "criterion"}


def test_criteria_that_share_the_largest_weight_are_taken_together():
    weights = {"benefit": Fraction(2), "novelty": Fraction(2), "craft": Fraction(1)}
    sheets = [sheet("a", 1, 5, 3, 2), sheet("b", 1, 3, 4, 4)]
    assert ballot_total(sheets[0].values, weights) == ballot_total(sheets[1].values, weights)
    assert places(sheets, weights=weights) == {"a": 1, "b": 2}
    assert places(sheets, weights=dict(reversed(weights.items()))) == {"a": 1, "b": 2}


def test_a_leading_criterion_that_one_of_the_equal_ones_lacks_decides_nothing():
    sheets = [sheet("a", 1, None, 4, 4), sheet("b", 1, 4, 4, 4)]
    assert places(sheets) == {"a": 1, "b": 1}
    assert ties(sheets) == {"a": "shared", "b": "shared"}


def test_then_by_the_ballots_won_of_jurors_who_scored_both():
    sheets = [sheet(name, juror, p, p, p) for name, row in {"a": (4, 4, 1), "b": (3, 3, 3)}.items()
              for juror, p in enumerate(row)]  # fmt: skip
    assert places(sheets) == {"a": 1, "b": 2}
    assert ties(sheets) == {"a": "comparison", "b": "comparison"}


def test_a_circle_shares_the_place_and_the_next_one_is_left_out():
    rows = {"a": (5, 4, 3), "b": (4, 3, 5), "c": (3, 5, 4), "d": (1, 1, 1)}
    sheets = [sheet(name, juror, p, p, p) for name, row in rows.items() for juror, p in enumerate(row)]
    assert places(sheets) == {"a": 1, "b": 1, "c": 1, "d": 4}
    assert ties(sheets) == {"a": "shared", "b": "shared", "c": "shared", "d": ""}


def test_who_beats_a_whole_circle_is_ahead_of_it():
    rows = {"a": (5, 5, 0, 4, 4), "b": (4, 3, 5, 3, 3), "c": (3, 4, 4, 4, 3)}
    sheets = [sheet(name, juror, p, p, p) for name, row in rows.items() for juror, p in enumerate(row)]
    assert places(sheets) == {"a": 1, "b": 2, "c": 2}
    assert ties(sheets) == {"a": "comparison", "b": "shared", "c": "shared"}


def test_without_common_jurors_the_place_is_shared():
    assert places([sheet("a", 1, 4, 4, 4), sheet("b", 2, 4, 4, 4)]) == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0.000000"),
        (Fraction(57, 20), "2.850000"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(1, 2_000_000), "0.000001"),
        (Fraction(3, 2_000_000), "0.000002"),
        (Fraction(-3, 2_000_000), "-0.000001"),
        (Fraction(9_999_999_999_999, 2_000_000_000_000), "5.000000"),
    ],
)
def test_six_places_are_rounded_half_up(value, text):
    assert six_places(value) == text


POINTS = st.one_of(st.integers(0, 10).map(lambda n: Fraction(n, 2)), st.none())


@st.composite
def panels(draw):
    """A few prototypes and jurors with coarse points, so that ties are frequent."""
    weights = {key: Fraction(draw(st.integers(1, 3))) for key in ("x", "y", "z")[: draw(st.integers(1, 3))]}
    sheets = []
    for prototype in range(draw(st.integers(1, 5))):
        for juror in range(draw(st.integers(1, 4))):
            kept = draw(st.sets(st.sampled_from(list(weights)))) if draw(st.booleans()) else set(weights)
            coarse = st.one_of(st.integers(3, 5).map(Fraction), POINTS)
            sheets.append(Sheet(prototype, juror, {key: draw(coarse) for key in sorted(kept)}))
    return weights, sheets


def by_prototype(sheets, weights, prototypes):
    found = ranking(sheets, Rule(weights, 2), assigned=dict.fromkeys(prototypes, 4))
    return {s.prototype: (s.score, s.ballots, s.place, s.tie, dict(s.means)) for s in found}


@settings(max_examples=40, deadline=None)
@given(panels(), st.randoms(use_true_random=False))
def test_nothing_changes_when_rows_are_permuted(panel, random):
    weights, sheets = panel
    prototypes = sorted({s.prototype for s in sheets})
    mixed, mixed_prototypes, mixed_weights = list(sheets), list(prototypes), list(weights.items())
    for rows in (mixed, mixed_prototypes, mixed_weights):
        random.shuffle(rows)
    mixed = [Sheet(s.prototype, s.juror, dict(reversed(list(s.values.items()))), s.submitted) for s in mixed]
    assert by_prototype(sheets, weights, prototypes) == by_prototype(mixed, dict(mixed_weights), mixed_prototypes)


@settings(max_examples=40, deadline=None)
@given(panels(), st.randoms(use_true_random=False))
def test_names_decide_nothing(panel, random):
    weights, sheets = panel
    prototypes = sorted({s.prototype for s in sheets})
    names = [f"name {n}" for n in prototypes]
    random.shuffle(names)
    called = dict(zip(prototypes, names, strict=True))
    renamed = [Sheet(called[s.prototype], f"juror {-s.juror}", s.values, s.submitted) for s in sheets]
    before, after = by_prototype(sheets, weights, prototypes), by_prototype(renamed, weights, names)
    assert {called[prototype]: standing for prototype, standing in before.items()} == after


@settings(max_examples=40, deadline=None)
@given(panels())
def test_places_follow_the_scores_and_skip_what_is_shared(panel):
    weights, sheets = panel
    found = ranking(sheets, Rule(weights, 2), assigned={s.prototype: 4 for s in sheets})
    ranked = sorted((s for s in found if s.place), key=lambda s: s.place)
    assert all(one.score >= other.score for one, other in pairwise(ranked))
    assert [s.place for s in ranked] == [1 + sum(other.place < s.place for other in ranked) for s in ranked]
    assert all((s.tie == "shared") == (sum(o.place == s.place for o in ranked) > 1) for s in ranked)
    assert all(s.ballots >= 2 for s in ranked)


@settings(max_examples=40, deadline=None)
@given(panels(), st.integers(2, 9))
def test_only_the_proportion_of_weights_matters(panel, factor):
    weights, sheets = panel
    prototypes = {s.prototype for s in sheets}
    larger = {key: weight * factor for key, weight in weights.items()}
    assert by_prototype(sheets, weights, prototypes) == by_prototype(sheets, larger, prototypes)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fractions(0, 5), min_size=1, max_size=9))
def test_a_score_lies_between_the_lowest_and_the_highest_total(totals):
    assert min(totals) <= mean(totals) <= max(totals)
