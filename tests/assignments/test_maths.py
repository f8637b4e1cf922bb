"""The promises of the proposal, for arbitrary people and teams."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.assignments.maths import Guest, OpenTeam, Table, assign, why
from ideenlab.assignments.maths.packing import blocks_of

SKILLS = ("Design", "Python", "Vortrag", "Recht")
FEW = settings(max_examples=40, deadline=None)


def circle(keys):
    """Everybody here wished for everybody else."""
    return {key: frozenset(keys) - {key} for key in keys}


@st.composite
def worlds(draw):
    """Any people, wishes, friendships and teams."""
    number, least = draw(st.integers(1, 25)), draw(st.integers(1, 4))
    most = draw(st.integers(least, 7))
    pairs = draw(st.lists(st.tuples(st.integers(1, number), st.integers(1, number)), max_size=number))
    teams = [
        OpenTeam(900 + n, draw(st.integers(1, 8)), draw(st.sampled_from([None, 1, 2])), people=frozenset({500 + n}))
        for n in range(draw(st.integers(0, 4)))
    ]
    guests = []
    for key in range(1, number + 1):
        friends = {b for a, b in pairs if a == key} | {a for a, b in pairs if b == key}
        friends |= {500} if draw(st.integers(0, 9)) == 0 else set()
        wishes = draw(st.lists(st.integers(1, 4), max_size=3, unique=True))
        skills = draw(st.frozensets(st.sampled_from(SKILLS)))
        guests.append(Guest(key, skills, tuple(wishes), frozenset(friends - {key})))
    return guests, teams, least, most


def is_possible(number, gaps, least, most):
    """Is there any way to seat everybody within the limits? Counted out, not as the product does it."""
    free = sum(most - size for size in gaps if size < most)
    return any(
        new * least <= number - coming <= new * most for coming in range(min(free, number) + 1)
        for new in range(number + 1)
    )  # fmt: skip


@FEW
@given(worlds(), st.integers(0, 99))
def test_everybody_has_one_seat_and_every_size_is_kept_whenever_that_is_possible(world, seed):
    guests, teams, least, most = world
    plan = assign(guests, teams, least=least, most=most, seed=seed)
    seated = [key for table in plan.tables for key in table.people]
    assert sorted(seated) == [guest.key for guest in guests]
    sizes = {team.key: team.size for team in teams}
    held = [table for table in plan.tables if table.team]
    assert len({table.team for table in held}) == len(held)
    for table in plan.tables:
        size = len(table.people) + sizes.get(table.team, 0)
        assert table.people
        assert size <= most
        assert table.missing == max(0, least - size)
    if is_possible(len(guests), sizes.values(), least, most):
        assert [table for table in plan.tables if table.team is None and table.missing] == []
    else:
        assert sum(table.missing > 0 for table in plan.tables if table.team is None) == 1


@FEW
@given(worlds(), st.integers(0, 99))
def test_the_same_seed_gives_the_same_tables_and_everybody_reads_why(world, seed):
    guests, teams, least, most = world
    plan = assign(guests, teams, least=least, most=most, seed=seed)
    assert plan == assign(list(reversed(guests)), list(reversed(teams)), least=least, most=most, seed=seed)
    known, there = {guest.key: guest for guest in guests}, {team.key: team for team in teams}
    for table in plan.tables:
        for key in table.people:
            others = [known[other] for other in table.people if other != key]
            assert why(known[key], others, there.get(table.team), table.challenge, least)


@FEW
@given(st.integers(1, 4), st.integers(0, 3), st.data())
def test_friends_sit_together_wherever_their_circles_fill_tables(least, more, data):
    """Tables are drawn first, each made of circles of friends: so a seating exists that parts nobody."""
    most, key, friends = least + more, 1, {}
    for _table in range(data.draw(st.integers(1, 6))):
        left = data.draw(st.integers(least, most))
        while left:
            number = data.draw(st.integers(1, left))
            friends |= circle(range(key, key + number))
            key, left = key + number, left - number
    guests = [Guest(key, friends=those) for key, those in friends.items()]
    plan = assign(guests, [], least=least, most=most, seed=data.draw(st.integers(0, 9)))
    assert plan.apart == ()
    table_of = {key: table for table in plan.tables for key in table.people}
    assert all(table_of[key] is table_of[friend] for key, those in friends.items() for friend in those)
    assert all(not table.missing for table in plan.tables)


def test_friends_of_somebody_in_a_team_come_into_its_gap():
    team = OpenTeam(9, 3, people=frozenset({50}))
    guests = [Guest(1), Guest(2, friends=frozenset({50})), Guest(3), Guest(4)]
    for seed in range(5):
        plan = assign(guests, [team], least=2, most=4, seed=seed)
        assert Table((2,), 9) in plan.tables


def test_a_circle_too_large_for_a_table_is_parted_where_it_hangs_together_least():
    friends = circle(range(1, 5)) | circle(range(5, 9))
    friends[4], friends[5] = friends[4] | {5}, friends[5] | {4}
    guests = [Guest(key, friends=those) for key, those in friends.items()]
    assert sorted(len(block) for block in blocks_of(guests, 5)) == [4, 4]
    assert assign(guests, [], least=2, most=5, seed=1).apart == ((4, 5),)


def test_sizes_count_more_than_friends():
    """Three pairs, three or four to a table: one pair is parted, no table is too small."""
    friends = circle((1, 2)) | circle((3, 4)) | circle((5, 6))
    plan = assign([Guest(key, friends=those) for key, those in friends.items()], [], least=3, most=4, seed=1)
    assert ([len(table.people) for table in plan.tables], len(plan.apart)) == ([3, 3], 1)


def test_wishes_and_skills_decide_where_sizes_and_friends_leave_a_choice():
    guests = [Guest(key, frozenset({SKILLS[key % 3]}), (1 + key // 6,)) for key in range(12)]
    plan = assign(guests, [], least=3, most=3, seed=4)
    for table in plan.tables:
        assert {guests[key].wishes for key in table.people} == {(table.challenge,)}
        assert len({skill for key in table.people for skill in guests[key].skills}) == 3


def test_what_arithmetic_allows():
    """People, sizes of the teams, limits: how many each new table and each joined team is short of the least."""
    rows = [
        (1, [], (2, 5), [1], []), (1, [4], (2, 5), [], [0]), (1, [5], (2, 5), [1], []), (5, [], (3, 4), [0, 1], []),
        (2, [1], (3, 4), [], [0]), (7, [], (3, 5), [0, 0], []), (0, [2], (2, 4), [], []),
        (3, [1, 2], (3, 4), [], [0, 0]),
    ]  # fmt: skip
    for number, sizes, (least, most), new, joined in rows:
        teams = [OpenTeam(90 + n, size) for n, size in enumerate(sizes)]
        plan = assign([Guest(key) for key in range(number)], teams, least=least, most=most, seed=7)
        assert sorted(table.missing for table in plan.tables if table.team is None) == new
        assert sorted(table.missing for table in plan.tables if table.team) == joined


def test_two_hundred_people_all_find_a_seat():
    dice = Random(3)
    pairs = [(key, key + 1) for key in range(0, 120, 2)]
    friends = dict(pairs) | {b: a for a, b in pairs}
    guests = [
        Guest(key, frozenset(dice.sample(SKILLS, 2)), tuple(dice.sample(range(1, 9), 3)),
              frozenset({friends[key]} if key in friends else ()))
        for key in range(200)
    ]  # fmt: skip
    teams = [OpenTeam(900 + n, 1 + n % 4, 1 + n % 8) for n in range(10)]
    plan = assign(guests, teams, least=3, most=5, seed=1)
    assert (plan.apart, [table for table in plan.tables if table.missing]) == ((), [])
    wished = sum(table.challenge in guests[key].wishes for table in plan.tables for key in table.people)
    assert wished > 170


def test_limits_that_cannot_be_and_somebody_named_twice():
    for limits in ((0, 3), (4, 3)):
        with pytest.raises(ValueError):
            assign([Guest(1)], [], least=limits[0], most=limits[1], seed=1)
    with pytest.raises(ValueError):
        assign([Guest(1), Guest(1)], [], least=1, most=2, seed=1)
