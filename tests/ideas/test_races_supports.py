"""Votes for and against and points, many at once: the counters are the rows, and the rule holds."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.ideas.actions import edit_call, support_idea, undo_support
from ideenlab.ideas.actions.calls import DATE_NAMES
from ideenlab.ideas.maths import controversy, wilson_lower
from ideenlab.ideas.models import Budget, Call, Idea, Support
from tests.factories import a_call, a_person, an_idea
from tests.ideas.test_races import all_at_once


def do(action, person_id, idea_id, **values):
    with transaction():
        return action(db.session.get(Person, person_id), idea=db.session.get(Idea, idea_id), **values)


def the_rows(idea_id):
    db.session.rollback()
    votes = db.session.scalars(select(Support.value).where(Support.idea_id == idea_id))
    return Counter(votes)


def assert_counted(idea_id):
    rows = the_rows(idea_id)
    idea = db.session.get(Idea, idea_id)
    assert (idea.support_count, idea.against_count, idea.unsure_count) == (rows[1], rows[-1], rows[0])
    assert idea.certainty == wilson_lower(rows[1], rows[1] + rows[-1])
    assert idea.controversy == controversy(rows[1], rows[-1])


@pytest.mark.parametrize("a_round", range(3))
def test_votes_for_and_against_of_many_at_once_end_in_one_certainty(app, a_round):
    idea_id = an_idea(a_call(support_mode="for_against")).id
    people = [a_person().id for _number in range(10)]
    db.session.rollback()
    chance = random.Random(a_round)
    for _wave in range(4):
        values = [chance.choice([1, 1, -1, 0, None]) for _person in people]
        calls = [
            (lambda person=person: do(undo_support, person, idea_id)) if value is None
            else (lambda person=person, value=value: do(support_idea, person, idea_id, value=value))
            for person, value in zip(people, values, strict=True)
        ]  # fmt: skip
        assert {type(end) for end in all_at_once(app, calls)} == {int}
        assert_counted(idea_id)
    assert sum(the_rows(idea_id).values()) <= 10


@pytest.mark.parametrize("a_round", range(5))
def test_ten_different_votes_of_one_person_at_once_leave_one(app, a_round):
    idea_id, person = an_idea(a_call(support_mode="for_against")).id, a_person().id
    db.session.rollback()
    calls = [lambda value=value: do(support_idea, person, idea_id, value=value) for value in (1, -1, 0, 1, -1) * 2]
    assert {type(end) for end in all_at_once(app, calls)} == {int}
    assert_counted(idea_id)
    assert sum(the_rows(idea_id).values()) == 1


@pytest.mark.parametrize("a_round", range(5))
def test_points_given_at_once_never_pass_the_budget(app, a_round):
    call = a_call(support_mode="points", points_each=5, points_most=3)
    call_id, person = call.id, a_person().id
    ideas = [an_idea(call).id for _number in range(8)]
    db.session.rollback()
    ends = all_at_once(app, [lambda idea=idea: do(support_idea, person, idea, value=2) for idea in ideas])
    assert Counter(type(end) for end in ends) == {int: 2, NotAllowed: 6}
    ends = all_at_once(app, [lambda idea=idea: do(undo_support, person, idea) for idea in ideas * 2][:12])
    assert {type(end) for end in ends} == {int}
    db.session.rollback()
    spent = db.session.get(Budget, (call_id, person)).spent
    given = db.session.scalar(select(func.coalesce(func.sum(Support.value), 0)).where(Support.person_id == person))
    counted = db.session.scalar(select(func.sum(Idea.support_count)).where(Idea.call_id == call_id))
    assert (spent, counted) == (given, given)


def test_two_people_who_swap_their_points_never_wait_for_each_other(app):
    """One gives the first idea, then the second; the other the other way round: no deadlock, nothing lost."""
    call = a_call(support_mode="points", points_each=5, points_most=3)
    ideas, people = [an_idea(call).id for _n in range(2)], [a_person().id for _n in range(8)]
    db.session.rollback()

    def spread(number):
        order = ideas if number % 2 else ideas[::-1]
        for idea in order:
            do(support_idea, people[number], idea, value=2)

    assert all_at_once(app, [lambda number=number: spread(number) for number in range(8)]) == [None] * 8
    db.session.rollback()
    assert [db.session.get(Idea, idea).support_count for idea in ideas] == [16, 16]


@pytest.mark.parametrize("a_round", range(5))
def test_the_rule_is_either_changed_or_supported_by_never_both(app, a_round):
    call, organiser = a_call(), a_person("organiser").id
    idea_id, call_id = an_idea(call).id, call.id
    people = [a_person().id for _number in range(4)]
    db.session.rollback()

    def change():
        with transaction():
            call = db.session.get(Call, call_id)
            dates = {name: getattr(call, name) for name in DATE_NAMES}
            edit_call(
                db.session.get(Person, organiser), call=call, title="Neu", summary="", description="", dates=dates,
                revision=1, settings={"support_mode": "for_against"},
            )  # fmt: skip

    votes = [lambda person=person: do(support_idea, person, idea_id) for person in people]
    changed, *ends = all_at_once(app, [change, *votes])
    db.session.rollback()
    call, idea = db.session.get(Call, call_id), db.session.get(Idea, idea_id)
    assert isinstance(changed, (Invalid, type(None)))
    assert call.support_mode == ("yes" if changed else "for_against")
    assert all(isinstance(end, (int, Conflict)) for end in ends)
    assert idea.support_count == sum(isinstance(end, int) for end in ends) == sum(the_rows(idea_id).values())
    if call.support_mode == "for_against" and idea.support_count:
        assert_counted(idea_id)  # these came after the change, by the new rule


def test_in_the_second_the_phase_ends_what_was_accepted_is_what_is_stored(app):
    end = now() + timedelta(milliseconds=400)
    idea_id = an_idea(a_call(support_mode="for_against", support_until=end)).id
    people = [a_person().id for _number in range(8)]
    db.session.rollback()

    def vote_until_closed(person):
        """Turn by turn, until the phase says no: what was the last vote that was accepted?"""
        last = None
        for value in (1, -1, 0) * 2_000:
            try:
                do(support_idea, person, idea_id, value=value)
            except NotAllowed:
                return last
            last = value
        return "the phase never ended"

    last = all_at_once(app, [lambda person=person: vote_until_closed(person) for person in people])
    db.session.rollback()
    stored = dict(db.session.execute(select(Support.person_id, Support.value).where(Support.idea_id == idea_id)).all())
    assert [stored.get(person) for person in people] == last
    assert all(at < end for at in db.session.scalars(select(Support.created_at)))
    assert_counted(idea_id)
