"""Who scores what: five ballots each, even loads, one connected graph, even overlaps, no conflict."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.jury.maths import BALLOTS, CONNECTED, LOADS, groups_of, plan


def rows_of(found):
    rows = {}
    for prototype, juror in found.pairs:
        rows.setdefault(prototype, set()).add(juror)
    return rows


def loads_of(found, jurors):
    return [len(found.prototypes_of(juror)) for juror in jurors]


def failures(found):
    return {failure.constraint: failure for failure in found.failed}


@st.composite
def fields(draw):
    prototypes, jurors = list(range(draw(st.integers(1, 9)))), [f"j{n}" for n in range(draw(st.integers(1, 7)))]
    everything = [(prototype, juror) for prototype in prototypes for juror in jurors]
    conflicts = draw(st.sets(st.sampled_from(everything), max_size=len(everything) // 2))
    return prototypes, jurors, conflicts


@settings(max_examples=60, deadline=None)
@given(fields(), st.integers(1, 5), st.randoms(use_true_random=False))
def test_what_a_plan_promises_it_holds_in_any_order_of_rows(field, ballots, chance):
    prototypes, jurors, conflicts = field
    found = plan(prototypes, jurors, seed="a", ballots=ballots, conflicts=conflicts)
    rows, failed = rows_of(found), failures(found)
    assert not found.pairs & conflicts
    able = {p: sum((p, juror) not in conflicts for juror in jurors) for p in prototypes}
    assert {p: len(rows.get(p, ())) for p in prototypes} == {p: min(ballots, able[p]) for p in prototypes}
    assert (BALLOTS in failed) == any(number < ballots for number in able.values())
    loads = loads_of(found, jurors)
    assert (LOADS in failed) == (max(loads) - min(loads) > 1)
    assert (CONNECTED in failed) == (len(groups_of(rows)) > 1)
    chance.shuffle(prototypes)
    chance.shuffle(jurors)
    assert plan(prototypes, jurors, seed="a", ballots=ballots, conflicts=sorted(conflicts)) == found


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 14), st.integers(1, 9), st.integers(1, 6))
def test_without_conflicts_everything_holds_that_can(prototypes, jurors, ballots):
    found = plan(range(prototypes), range(jurors), seed="b", ballots=ballots)
    loads = loads_of(found, range(jurors))
    assert max(loads) - min(loads) <= 1
    working = sum(load > 0 for load in loads)
    if len(found.pairs) >= prototypes + working - 1 and prototypes >= 1:
        assert CONNECTED not in failures(found)
    assert (BALLOTS in failures(found)) == (jurors < ballots)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 4), st.integers(2, 4), st.integers(1, 2), st.data())
def test_where_any_plan_holds_everything_this_one_does(prototypes, jurors, ballots, data):
    """Against every plan there is, for fields so small that all can be tried."""
    everything = list(product(range(prototypes), range(jurors)))
    conflicts = data.draw(st.sets(st.sampled_from(everything), max_size=len(everything) // 2))
    able = [[j for j in range(jurors) if (p, j) not in conflicts] for p in range(prototypes)]

    def holds(rows):
        loads = [sum(juror in row for row in rows) for juror in range(jurors)]
        return max(loads) - min(loads) <= 1 and len(groups_of(dict(enumerate(rows)))) == 1

    possible = any(holds(rows) for rows in product(*(combinations(row, ballots) for row in able)))
    found = plan(range(prototypes), range(jurors), seed="h", ballots=ballots, conflicts=conflicts)
    assert (found.failed == ()) == possible


def test_pairs_of_jurors_meet_as_evenly_as_possible():
    found = plan(range(12), range(6), seed="c", ballots=3)
    met = Counter(pair for row in rows_of(found).values() for pair in combinations(sorted(row), 2))
    assert Counter(met[pair] for pair in combinations(range(6), 2)) == {2: 9, 3: 6}
    assert found.failed == ()


def test_the_seed_decides_and_nothing_else():
    some, other = (plan(range(10), range(6), seed=seed, ballots=3) for seed in ("one", "two"))
    assert some != other
    assert some == plan(reversed(range(10)), reversed(range(6)), seed="one", ballots=3)
    assert sorted(some.jurors_of(0)) == [3, 4, 5]
    with pytest.raises(ValueError):
        plan([1, "1"], [2], seed="one")


def test_a_prototype_with_too_few_jurors_is_named_and_gets_those_there_are():
    found = plan("abcd", range(4), seed="d", ballots=3, conflicts={("a", 0), ("a", 1)})
    assert failures(found)[BALLOTS].prototypes == ("a",)
    assert found.jurors_of("a") == {2, 3}
    assert sorted(loads_of(found, range(4))) == [2, 3, 3, 3]


def test_a_juror_with_conflicts_everywhere_is_named():
    found = plan("abcd", range(4), seed="d", ballots=2, conflicts={(p, 0) for p in "abcd"})
    assert failures(found)[LOADS].jurors == (0,)
    assert sorted(loads_of(found, range(4))) == [0, 2, 3, 3]


def test_chains_level_the_loads():
    """Juror 3 may score only d, juror 2 only c and d: each hands on what another can take."""
    conflicts = {(p, 3) for p in "abc"} | {(p, 2) for p in "ab"} | {(p, 1) for p in "a"}
    found = plan("abcd", range(4), seed="d", ballots=1, conflicts=conflicts)
    assert loads_of(found, range(4)) == [1, 1, 1, 1]


def test_conflicts_that_split_the_field_are_said():
    apart = {(p, j) for p in "ab" for j in (2, 3)} | {(p, j) for p in "cd" for j in (0, 1)}
    found = plan("abcd", range(4), seed="e", ballots=2, conflicts=apart)
    failure = failures(found)[CONNECTED]
    assert (set(failure.prototypes), set(failure.jurors)) in [({"a", "b"}, {0, 1}), ({"c", "d"}, {2, 3})]
    assert loads_of(found, range(4)) == [2, 2, 2, 2]


def test_who_does_not_come_is_replaced_and_ballots_that_are_begun_stay():
    first = plan(range(10), range(5), seed="f", ballots=3)
    begun = {pair for pair in first.pairs if pair[0] < 3}
    again = plan(range(10), range(4), seed="f", ballots=3, kept=begun)
    assert {pair for pair in begun if pair[1] != 4} <= again.pairs
    assert again.failed == ()
    assert plan(range(10), range(4), seed="f", ballots=3, kept=[(0, 1)], conflicts=[(0, 1)]).jurors_of(0) == {0, 2, 3}


def test_an_empty_field_has_an_empty_plan():
    assert plan([], [1], seed="g").pairs == frozenset()
    assert failures(plan(["a"], [], seed="g"))[BALLOTS].prototypes == ("a",)
