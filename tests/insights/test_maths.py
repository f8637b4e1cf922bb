"""Groups that were planted are found again; numbers of few people are hidden so that subtraction does not find them."""

from datetime import date
from itertools import combinations
from math import isclose
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.insights.maths.charts import HEIGHT, WIDTH, columns, days_between, without_small
from ideenlab.insights.maths.grouping import silhouette
from ideenlab.insights.maths.opinions import (
    components,
    opinion_map,
    proportion_test,
    two_proportion_test,
)


@given(st.lists(st.integers(0, 40), max_size=6))
@settings(max_examples=200)
def test_few_people_cannot_be_counted_by_subtraction(numbers):
    shown = without_small(numbers)
    hidden = [number for number, left in zip(numbers, shown, strict=True) if left is None]
    assert all(left is None or left == 0 or left >= 5 for left in shown)
    assert all(left in (None, number) for number, left in zip(numbers, shown, strict=True))
    if hidden and sum(numbers) >= 10 and sum(number > 0 for number in numbers) > 1:
        assert len(hidden) > 1
        assert sum(hidden) >= 5
    if all(number == 0 or number >= 5 for number in numbers):
        assert hidden == []


def test_days_without_anything_are_there_and_long_times_become_weeks():
    few = {date(2026, 6, 1): 2, date(2026, 6, 4): 1}
    assert [number for _day, number in days_between(few)] == [2, 0, 0, 1]
    many = {date(2026, 1, 1): 1, date(2026, 1, 4): 2, date(2026, 6, 30): 4}
    weeks = days_between(many)
    assert weeks[0] == (date(2025, 12, 29), 3)
    assert (sum(number for _day, number in weeks), weeks[-1]) == (7, (date(2026, 6, 29), 4))
    assert days_between({}) == []


def test_columns_stand_on_the_line_and_stay_in_the_picture():
    drawn = columns([0, 3, 6])
    assert all(isclose(y + height, HEIGHT) and 0 <= x <= WIDTH - width for x, y, width, height in drawn)
    assert [height for _x, _y, _width, height in drawn] == [0, 56, 112]


def planted(sizes, *, ideas=30, noise=0.05, seed=1):
    """People in camps that hold opposite opinions on most ideas; the first idea all like, by group and shuffled."""
    dice = Random(seed)
    camps = [[dice.choice((1, -1)) for _idea in range(ideas)] for _camp in sizes]
    people = []
    for camp, size in zip(camps, sizes, strict=True):
        for _person in range(size):
            votes = {1: 1} | {
                number: dice.choice((1, 0, -1)) if dice.random() < noise else camp[number - 2]
                for number in range(2, ideas + 2)
                if dice.random() < 0.7
            }
            people.append(votes)
    return people, camps


@given(st.lists(st.integers(12, 30), min_size=2, max_size=3), st.integers(1, 50))
@settings(max_examples=12, deadline=None, derandomize=True)
def test_planted_groups_are_found_again_in_any_order_of_people(sizes, seed):
    people, camps = planted(sizes, seed=seed)
    apart = min(sum(a != b for a, b in zip(one, other, strict=True)) for one, other in combinations(camps, 2))
    if apart < 12:
        return  # camps that hardly differ; more than three need not be apart in a plane
    found = opinion_map(people)
    assert sorted(group["size"] for group in found["groups"]) == sorted(sizes)
    assert found["unites"][0]["idea"] == 1
    assert all(row["idea"] != 1 for group in found["groups"] for row in group["says"])
    Random(seed).shuffle(people)
    assert opinion_map(people) == found


def test_a_group_says_what_it_votes_and_what_divides_is_named():
    left = [{n: 1 if n < 6 else -1 for n in range(1, 11)} | {11: 1} for _person in range(12)]
    right = [{n: -1 if n < 6 else 1 for n in range(1, 11)} | {11: 1} for _person in range(15)]
    found = opinion_map(left + right)
    assert [group["size"] for group in found["groups"]] == [15, 12]
    first = found["groups"][0]["says"][0]
    assert (first["side"], first["agree"], first["against"]) == ("against", 0, 100)
    assert {row["idea"] for row in found["divides"]} <= set(range(1, 11))
    assert found["unites"] == [{"idea": 11, "side": "agree", "agree": [100, 100], "against": [0, 0]}]


@pytest.mark.parametrize("sizes", [(9, 10), (30, 5), (12,)])
def test_too_few_people_give_no_map(sizes):
    people, _camps = planted(sizes, noise=0)
    assert all(group["size"] >= 10 for group in opinion_map(people)["groups"])
    if sum(sizes) < 20:
        assert opinion_map(people)["groups"] == []


def test_who_voted_little_is_left_out_and_nobody_at_all_is_no_fault():
    assert opinion_map([]) == {"people": 0, "left_out": 0, "groups": []}
    found = opinion_map([{n: 1 for n in range(6)}] * 40)
    assert (found["people"], found["left_out"], found["groups"]) == (0, 40, [])
    assert opinion_map([{n: 1 for n in range(9)}] * 40)["groups"] == []  # all the same: no groups


def test_the_formulas_by_hand():
    # the example from Polis' own tests: a pooled test of 16 of 25 against 57 of 72, −1.518 by hand
    assert two_proportion_test(15, 24, 56, 71) == pytest.approx(-1.518, abs=0.01)
    assert two_proportion_test(3, 3, 5, 5) == 0
    assert proportion_test(30, 50) == pytest.approx(2 * 51**0.5 * (31 / 51 - 0.5))
    assert silhouette([(0, 0), (0, 1), (9, 0), (9, 1)], [0, 0, 1, 1]) == pytest.approx(1 - 1 / ((9 + 82**0.5) / 2))
    first, second = components([[2.0, 0.0, 0.0], [-2.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, -1.0, 0.0]])
    assert first == pytest.approx([1, 0, 0], abs=1e-6)
    assert second == pytest.approx([0, 1, 0], abs=1e-6)
