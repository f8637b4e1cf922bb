import random
from itertools import pairwise
from math import exp, lgamma, log

import pytest

from ideenlab.ideas.maths import LOTS, Shuffle, ranges_for

SEEDS = 2_000
SHOWN = 20


def upper_gamma(shape, x):
    """The regularised upper incomplete gamma function Q(shape, x), by its series or its continued fraction."""
    if x <= 0:
        return 1.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for step in range(1, 10_000):
            term *= x / (shape + step)
            total += term
            if term < total * 1e-15:
                break
        return 1 - front * total
    b = x + 1 - shape
    c, d = 1e300, 1 / b
    fraction = d
    for step in range(1, 10_000):
        a, b = -step * (step - shape), b + 2
        d = 1 / (a * d + b)
        c = b + a / c
        fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * fraction


@pytest.mark.parametrize(("half", "x"), [(30, 20.0), (30, 45.0), (1_500, 1_400.0), (1_500, 1_620.0)])
def test_for_even_degrees_of_freedom_it_is_a_sum_of_poisson(half, x):
    exact = sum(exp(number * log(x) - x - lgamma(number + 1)) for number in range(half))
    assert upper_gamma(half, x) == pytest.approx(exact, rel=1e-9)


def chi_square_p(counts, expected, *, drawn=0):
    """The probability of so much unevenness by chance.

    What is drawn without putting back varies less: `drawn` says how many at a time.
    """
    freedom = len(counts) - 1
    chi = sum((count - expected) ** 2 for count in counts) / expected
    if drawn:
        chi *= freedom / (len(counts) - drawn)
    return upper_gamma(freedom / 2, chi / 2)


@pytest.mark.parametrize(("freedom", "chi", "p"), [(1, 3.841459, 0.05), (10, 29.588298, 0.001), (59, 98.324, 0.001)])
def test_the_probability_is_that_of_the_tables(freedom, chi, p):
    assert upper_gamma(freedom / 2, chi / 2) == pytest.approx(p, rel=0.02)


@pytest.mark.parametrize("ideas", [60, 3_000])
def test_every_idea_has_the_same_chance_of_the_first_page(ideas):
    draw = random.Random(2027)
    lots = [draw.randrange(LOTS) for _ in range(ideas)]
    counts = [0] * ideas
    for seed in range(SEEDS):
        factor, offset = Shuffle(seed, 1).factor, Shuffle(seed, 1).offset
        keys = [(lot * factor + offset) % LOTS for lot in lots]
        for idea in sorted(range(ideas), key=keys.__getitem__)[:SHOWN]:
            counts[idea] += 1
    assert chi_square_p(counts, SEEDS * SHOWN / ideas, drawn=SHOWN) > 0.001


def test_among_many_ideas_no_group_by_number_age_or_support_is_preferred():
    draw = random.Random(2027)
    ideas, groups = 20_000, 100
    lots = [draw.randrange(LOTS) for _ in range(ideas)]
    support = [int(draw.paretovariate(1)) for _ in range(ideas)]
    age = draw.sample(range(ideas), ideas)  # imported ideas are older than their numbers say
    group_of = {
        name: {idea: place * groups // ideas for place, idea in enumerate(sorted(range(ideas), key=key))}
        for name, key in (("number", int), ("age", age.__getitem__), ("support", lambda idea: (support[idea], idea)))
    }
    ranges = ranges_for(ideas)
    width = -(-LOTS // ranges)
    cells = [[] for _ in range(ranges)]
    for idea in sorted(range(ideas), key=lots.__getitem__):
        cells[lots[idea] // width].append(idea)
    counts = {name: [0] * groups for name in group_of}
    for seed in range(SEEDS):
        shuffle = Shuffle(seed, ranges)
        cell = cells[shuffle.lots_of(0)[0] // width]
        factor, offset = shuffle.factor, shuffle.offset
        for idea in sorted(cell, key=lambda idea: (lots[idea] * factor + offset) % LOTS)[:SHOWN]:
            for name, groups_of_ideas in group_of.items():
                counts[name][groups_of_ideas[idea]] += 1
    assert {name: chi_square_p(some, SEEDS * SHOWN / groups) > 0.001 for name, some in counts.items()} == {
        "number": True, "age": True, "support": True,
    }  # fmt: skip


def test_the_test_of_fairness_notices_a_rotation_of_the_lots():
    draw = random.Random(2027)
    lots = sorted(draw.randrange(LOTS) for _ in range(60))
    counts = [0] * 60
    for _ in range(SEEDS):
        start = draw.randrange(LOTS)
        for idea in sorted(range(60), key=lambda i: (lots[i] - start) % LOTS)[:SHOWN]:
            counts[idea] += 1
    assert chi_square_p(counts, SEEDS * SHOWN / 60, drawn=SHOWN) < 0.001


def test_every_range_comes_once_and_first_as_often_as_the_others():
    ranges = 64
    first = [0] * ranges
    for seed in range(6_400):
        shuffle = Shuffle(seed, ranges)
        order = [shuffle.lots_of(place)[0] for place in range(ranges)]
        assert len(set(order)) == ranges
        first[order[0] // -(-LOTS // ranges)] += 1
    assert chi_square_p(first, 100) > 0.001


def test_all_lots_lie_in_exactly_one_range():
    for ranges in (1, 16, 512, 4096):
        bounds = sorted(Shuffle(7, ranges).lots_of(place) for place in range(ranges))
        assert bounds[0][0] == 0
        assert bounds[-1][1] >= LOTS
        assert all(end == begin for (_, end), (begin, _) in pairwise(bounds))


@pytest.mark.parametrize("seed", [0, 1, 2**31 - 2, 2**62])
def test_no_seed_makes_numbers_that_a_database_cannot_hold(seed):
    shuffle = Shuffle(seed, 1)
    assert 0 < shuffle.factor < LOTS
    assert (LOTS - 1) * shuffle.factor + shuffle.offset < 2**62


def test_an_order_belongs_to_its_seed_on_every_machine():
    assert [Shuffle(2027, 16).key(lot) for lot in (0, 1, 2**30)] == [451417260, 1609924646, 1030670953]
    assert [Shuffle(2027, 16).lots_of(place)[0] // 2**27 for place in range(16)] == [
        1, 0, 5, 8, 15, 9, 4, 6, 14, 12, 11, 7, 10, 13, 2, 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ideas", "ranges"), [(0, 1), (5_000, 1), (5_001, 16), (20_000, 64), (100_000, 512), (1_000_000, 4_096)]
)
def test_large_calls_are_cut_into_ranges_of_about_256(ideas, ranges):
    assert ranges_for(ideas) == ranges
