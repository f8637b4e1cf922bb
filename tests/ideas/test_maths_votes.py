from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.ideas.maths import MILLION, controversy, wilson_interval, wilson_lower

votes = st.integers(0, 2_000_000)
some = st.integers(0, 5_000)


@pytest.mark.parametrize(
    ("positive", "total", "lower"),
    [(0, 0, 0), (0, 10, 0), (1, 1, 206_543), (3, 3, 438_493), (10, 10, 722_459), (5, 10, 236_589),
     (600, 1_000, 569_308), (99, 100, 945_512)],
)  # fmt: skip
def test_the_lower_end_for_a_few_counts(positive, total, lower):
    assert wilson_lower(positive, total) == lower


@given(votes, votes)
def test_whole_numbers_agree_with_the_formula(pro, contra):
    total = pro + contra
    if not total:
        return
    share, z = pro / total, 1.96
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    lower = (share + z * z / (2 * total) - spread) / (1 + z * z / total)
    assert wilson_lower(pro, total) == pytest.approx(lower * MILLION, abs=1.5)


@given(some, some)
def test_the_share_lies_inside_its_interval(pro, contra):
    lower, upper = wilson_interval(pro, pro + contra)
    assert 0 <= lower <= upper <= MILLION
    if pro + contra:
        assert lower <= Fraction(pro * MILLION, pro + contra) <= upper


@given(some, some)
def test_a_yes_raises_and_a_no_lowers_what_is_certain(pro, contra):
    here = wilson_lower(pro, pro + contra)
    assert wilson_lower(pro + 1, pro + contra + 1) >= here
    assert wilson_lower(pro, pro + contra + 1) <= here


def test_many_votes_come_before_three_yeses():
    assert wilson_lower(600, 1_000) > wilson_lower(3, 3)
    assert wilson_interval(0, 0) == (0, MILLION)


@pytest.mark.parametrize(("positive", "total"), [(-1, 3), (4, 3), (0, -1)])
def test_more_yeses_than_votes_are_a_mistake(positive, total):
    with pytest.raises(ValueError, match="votes"):
        wilson_lower(positive, total)


@pytest.mark.parametrize(
    ("pro", "contra", "divided"), [(0, 0, 0), (9, 0, 0), (10, 10, 20_000), (90, 10, 11_111), (1, 3, 1_333)]
)
def test_half_and_half_with_many_votes_divides_most(pro, contra, divided):
    assert controversy(pro, contra) == controversy(contra, pro) == divided


@given(some, some)
def test_the_smaller_side_raises_and_the_larger_never_does(one, other):
    smaller, larger = sorted((one, other))
    if smaller < larger:
        assert controversy(smaller + 1, larger) > controversy(smaller, larger)
    assert controversy(smaller, larger + 1) <= controversy(smaller, larger)


@given(st.integers(0, 500_000), st.integers(0, 500_000))
def test_a_million_votes_fit_into_the_column(pro, contra):
    assert 0 <= controversy(pro, contra) < 2**31
