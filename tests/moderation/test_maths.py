from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.moderation.maths import median


@pytest.mark.parametrize(("values", "expected"), [([], None), ([7], 7), ([9, 1, 5], 5), ([4, 1], 2), ([2, 2, 8, 9], 5)])
def test_the_middle(values, expected):
    assert median(values) == expected


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_half_lie_below_and_half_above(values):
    middle = median(values)
    assert sum(value < middle for value in values) <= len(values) / 2
    assert sum(value > middle for value in values) <= len(values) / 2
    assert middle >= median_low(values)
