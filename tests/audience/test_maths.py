from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.audience.maths import places_of, winners_of


@settings(max_examples=60)
@given(st.dictionaries(st.integers(1, 99), st.integers(0, 5), max_size=12))
def test_more_votes_are_a_better_place_and_equal_votes_an_equal_one(votes):
    placed = {number: place for place, number, _count in places_of(votes)}
    assert set(placed) == set(votes)
    for number, place in placed.items():
        assert place == 1 + sum(other > votes[number] for other in votes.values())
    assert set(winners_of(votes)) == {number for number, place in placed.items() if place == 1 and votes[number]}
