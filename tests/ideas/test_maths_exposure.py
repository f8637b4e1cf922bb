from collections import Counter
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.ideas.maths import MILLION, gini, gini_by_chance, lorenz, tenths

counts = st.lists(st.integers(0, 60), min_size=1, max_size=40)


def gini_by_pairs(values):
    """The definition: the mean difference of two ideas, through twice the mean."""
    total = sum(values)
    if not total:
        return Fraction(0)
    return Fraction(sum(abs(one - other) for one in values for other in values), 2 * len(values) * total)


@given(counts)
def test_the_coefficient_is_the_mean_difference(values):
    assert gini(Counter(values)) == int(gini_by_pairs(values) * MILLION)


@given(counts)
def test_the_curve_rises_ever_faster_up_to_everything(values):
    points = lorenz(Counter(values))
    assert (points[0], points[-1]) == ((0, 0), (len(values), sum(values)))
    slopes = [Fraction(y - b, x - a) for (a, b), (x, y) in pairwise(points)]
    assert slopes == sorted(slopes)


@given(counts)
def test_tenths_grow_and_make_the_whole(values):
    parts = tenths(Counter(values))
    assert len(parts) == 10
    assert parts == sorted(parts)
    assert sum(parts) == sum(values)


@given(counts, st.integers(1, 9))
def test_all_shown_twice_as_often_is_as_even(values, factor):
    assert gini(Counter(value * factor for value in values)) == gini(Counter(values))


@pytest.mark.parametrize(
    ("seen", "coefficient"), [({}, 0), ({0: 5}, 0), ({7: 5}, 0), ({0: 9, 100: 1}, 900_000), ({0: 1, 1: 1}, 500_000)]
)
def test_even_is_nothing_and_one_for_all_is_nearly_one(seen, coefficient):
    assert gini(seen) == coefficient


@pytest.mark.parametrize(("ideas", "pages"), [(60, 30), (60, 3_000), (300, 200), (1_000, 400)])
def test_chance_gives_what_was_said_beforehand(ideas, pages):
    draw = Random(2027)
    seen = Counter({idea: 0 for idea in range(ideas)})
    for _page in range(pages):
        seen.update(draw.sample(range(ideas), 20))
    expected = gini_by_chance(ideas, pages * 20, 20)
    assert gini(Counter(seen.values())) / MILLION == pytest.approx(expected, rel=0.2)


def test_where_all_ideas_fit_on_one_page_chance_plays_no_part():
    assert gini_by_chance(20, 400, 20) == gini_by_chance(0, 0, 20) == gini_by_chance(50, 0, 20) == 0
