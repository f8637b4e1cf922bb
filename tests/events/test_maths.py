from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.events.maths import overlaps

START = datetime(2027, 9, 13, tzinfo=UTC)


def at(*hours):
    return tuple(START + timedelta(hours=hour) for hour in hours)


def test_what_shares_time_overlaps_and_what_follows_does_not():
    assert overlaps([at(9, 11), at(11, 12), at(10, 12), at(20, 21), at(20, 20)]) == {0: [2], 1: [2], 2: [0, 1]}
    assert overlaps([at(9, 9), at(8, 10)]) == {}
    assert overlaps([at(9, 17), at(9, 17)]) == {0: [1], 1: [0]}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=12))
def test_it_finds_what_comparing_all_pairs_finds(pairs):
    spans = [at(begin, begin + length) for begin, length in pairs]
    expected = {}
    for one, other in combinations(range(len(spans)), 2):
        if spans[one][0] < spans[other][1] and spans[other][0] < spans[one][1]:
            expected.setdefault(one, []).append(other)
            expected.setdefault(other, []).append(one)
    assert overlaps(spans) == {place: sorted(others) for place, others in expected.items()}
