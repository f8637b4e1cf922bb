"""Yes; dafür, dagegen, weiß nicht; points: what a vote changes, and what it can never become."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.history.models import Entry
from ideenlab.ideas.actions import edit_call, make_call, support_idea, undo_support
from ideenlab.ideas.actions.calls import DATE_NAMES
from ideenlab.ideas.maths import controversy, wilson_lower
from ideenlab.ideas.models import Budget, Call, Support
from ideenlab.ideas.queries import own_vote, own_votes, points_left
from tests.factories import DAY, a_call, a_person, an_edition, an_idea, saved

MODES = ("yes", "for_against", "points")


def a_points_call(each=5, most=3, **values):
    return a_call(support_mode="points", points_each=each, points_most=most, **values)


def vote(person, idea, value):
    with transaction():
        support_idea(person, idea=idea, value=value)


def take_back(person, idea):
    with transaction():
        undo_support(person, idea=idea)


def shown(idea):
    db.session.refresh(idea)
    return idea.support_count, idea.against_count, idea.unsure_count


def test_a_vote_changes_its_side_and_only_the_last_counts(app):
    idea, person, other = an_idea(a_call(support_mode="for_against")), a_person(), a_person()
    seen = []
    for value in (1, -1, 0, 0, -1):
        vote(person, idea, value)
        seen.append(shown(idea))
    assert seen == [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 1), (0, 1, 0)]
    vote(other, idea, 1)
    assert (shown(idea), own_vote(person, idea), own_vote(other, idea)) == ((1, 1, 0), -1, 1)
    assert (idea.certainty, idea.controversy) == (wilson_lower(1, 2), controversy(1, 1))
    take_back(person, idea)
    take_back(person, idea)
    assert (shown(idea), own_vote(person, idea)) == ((1, 0, 0), None)
    assert (idea.certainty, idea.controversy) == (wilson_lower(1, 1), 0)


def test_points_are_what_the_idea_has_now_not_what_is_added(app):
    call, person = a_points_call(), a_person()
    first, second = an_idea(call), an_idea(call)
    vote(person, first, 3)
    vote(person, first, 3)
    vote(person, second, 2)
    assert (shown(first)[0], shown(second)[0], points_left(person, call)) == (3, 2, 0)
    vote(person, first, 1)
    assert (shown(first)[0], points_left(person, call)) == (1, 2)
    take_back(person, second)
    assert (shown(second)[0], points_left(person, call), points_left(None, call)) == (0, 4, 5)
    assert [(own.idea, own.value) for own in own_votes(person, call)] == [(first, 1)]


def test_nobody_gives_more_points_than_they_have(app):
    call, person = a_points_call(each=4), a_person()
    first, second = an_idea(call), an_idea(call)
    vote(person, first, 3)
    with app.test_request_context(), pytest.raises(NotAllowed) as refused:
        vote(person, second, 2)
    assert str(refused.value) == (
        "Für diese Idee haben Sie noch 1 von 4 Punkten. Nehmen Sie zuerst Punkte von einer anderen Idee zurück."
    )
    assert (shown(second)[0], points_left(person, call)) == (0, 1)


def test_points_on_an_idea_that_is_gone_go_back_to_their_owner(app):
    call, person = a_points_call(), a_person()
    idea = an_idea(call)
    vote(person, idea, 3)
    for state in ("hidden", "withdrawn"):
        with transaction():
            idea.state = state
        with pytest.raises(NotAllowed):
            vote(person, idea, 1)
    take_back(person, idea)
    assert (points_left(person, call), shown(idea)[0]) == (5, 0)


@pytest.mark.parametrize(
    ("mode", "value"),
    [("yes", 0), ("yes", -1), ("yes", 2), ("for_against", 2), ("for_against", -2), ("points", 0), ("points", 4),
     ("points", -1)],
)  # fmt: skip
def test_a_vote_that_the_mode_does_not_know_changes_nothing(app, mode, value):
    idea = an_idea(a_call(support_mode=mode))
    with pytest.raises(Invalid):
        vote(a_person(), idea, value)
    assert shown(idea) == (0, 0, 0)
    assert idea.call.first_support_at is None


@pytest.mark.parametrize("mode", MODES)
def test_the_end_of_the_phase_is_the_end_of_votes_and_undos(app, mode):
    call, person = a_call(support_mode=mode), a_person()
    idea = an_idea(call)
    vote(person, idea, 1)
    with transaction():
        call.support_until = now()
    for late in (vote, take_back):
        with pytest.raises(NotAllowed):
            late(person, idea, *([1] if late is vote else []))
    assert shown(idea) == (1, 0, 0)


@pytest.mark.parametrize("mode", MODES)
def test_who_supported_is_not_in_the_history(app, mode):
    idea, person = an_idea(a_call(support_mode=mode)), a_person()
    vote(person, idea, 1)
    take_back(person, idea)
    assert list(db.session.scalars(select(Entry))) == []


@pytest.mark.parametrize(("mode", "most"), [("yes", 4), ("for_against", 5), ("points", 6)])
def test_a_vote_takes_few_statements(app, count_queries, mode, most):
    call, person = a_call(support_mode=mode), a_person()
    idea = an_idea(call)
    vote(a_person(), idea, 1)  # the very first also fixes the rule

    def once_more():
        with transaction():
            support_idea(person, idea=idea)

    db.session.refresh(person)
    assert count_queries(once_more) <= most + 3  # person, idea and call are loaded again in the new transaction


# The rule is fixed with the first support


WORDS = {"title": "Neue Bänke", "summary": "", "description": ""}


def change(organiser, call, **settings):
    dates = {name: getattr(call, name) for name in DATE_NAMES}
    with transaction():
        edit_call(organiser, call=call, revision=call.revision, dates=dates, settings=settings, **WORDS)


def test_an_organiser_chooses_how_a_call_takes_supports(app):
    organiser = a_person("organiser")
    settings = {"support_mode": "points", "points_each": 10, "points_most": 4, "takes_mentions": False}
    with transaction():
        call = make_call(organiser, edition=an_edition(), dates={}, settings=settings, **WORDS)
    db.session.refresh(call)
    assert (call.support_mode, call.points_each, call.points_most, call.takes_mentions) == ("points", 10, 4, False)
    change(organiser, call, support_mode="for_against")
    assert (call.support_mode, call.points_each) == ("for_against", 10)


@pytest.mark.parametrize("mode", MODES)
def test_after_the_first_support_the_rule_stays(app, mode):
    organiser, call = a_person("organiser"), a_call(support_mode=mode)
    person, idea = a_person(), an_idea(call)
    vote(person, idea, 1)
    take_back(person, idea)
    assert call.first_support_at is not None
    for other in set(MODES) - {mode}:
        with app.test_request_context(), pytest.raises(Invalid, match="Wie unterstützt wird, steht seit"):
            change(organiser, call, support_mode=other)
    change(organiser, call, support_mode=mode, answer_until=now() + DAY, takes_images=False)
    assert (call.support_mode, call.takes_images) == (mode, False)


def test_after_the_first_support_the_number_of_points_stays(app):
    organiser, call = a_person("organiser"), a_points_call()
    vote(a_person(), an_idea(call), 2)
    for changed in ({"points_each": 6}, {"points_most": 2}):
        with pytest.raises(Invalid):
            change(organiser, call, **{"support_mode": "points", "points_each": 5, "points_most": 3, **changed})
    change(organiser, call, support_mode="points", points_each=5, points_most=3)


@pytest.mark.parametrize(
    ("each", "most", "field"),
    [(0, 0, "points_each"), (101, 3, "points_each"), (5, 6, "points_most"), (5, 0, "points_most")],
)
def test_impossible_numbers_of_points_are_refused(app, each, most, field):
    with pytest.raises(Invalid) as refused:
        change(a_person("organiser"), a_call(), support_mode="points", points_each=each, points_most=most)
    assert refused.value.field == field


def test_a_vote_by_a_rule_that_was_just_changed_is_not_counted(app):
    """The page of the voter still knew the old rule."""
    call = a_call()
    idea, person = an_idea(call), a_person()
    with pytest.raises(Conflict), transaction():
        db.session.refresh(idea)
        assert idea.call.support_mode == "yes"
        other = Call.__table__.update().where(Call.id == call.id).values(support_mode="points")
        db.session.connection().execute(other)  # as if another process had committed it
        support_idea(person, idea=idea)
    assert shown(idea) == (0, 0, 0)


# Whatever several people do: counters are rows, and nobody has more points than the rule says


DEEDS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), st.sampled_from([-1, 0, 1, 2, 3, 4, None])), min_size=1, max_size=25
)


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_any_votes_and_undos_keep_counters_equal_to_rows(app, mode, deeds):
    call = a_points_call(each=4) if mode == "points" else a_call(support_mode=mode)
    ideas, people = [an_idea(call) for _n in range(2)], [a_person() for _n in range(3)]
    allowed = {"yes": {1}, "for_against": {-1, 0, 1}, "points": {1, 2, 3}}[mode]
    model: dict[tuple[int, int], int] = {}  # who gave what, as the deeds say
    for who, which, value in deeds:
        spent = sum(points for (other, _idea), points in model.items() if other == who)
        if value is None:
            take_back(people[who], ideas[which])
            model.pop((who, which), None)
        elif value not in allowed:
            with pytest.raises(Invalid):
                vote(people[who], ideas[which], value)
        elif mode == "points" and spent - model.get((who, which), 0) + value > 4:
            with pytest.raises(NotAllowed):
                vote(people[who], ideas[which], value)
        else:
            vote(people[who], ideas[which], value)
            model[who, which] = value
    for which, idea in enumerate(ideas):
        values = [value for (_who, where), value in model.items() if where == which]
        counts = Counter(values)
        wanted = (sum(values), 0, 0) if mode != "for_against" else (counts[1], counts[-1], counts[0])
        assert shown(idea) == wanted
        if mode == "for_against":
            assert idea.certainty == wilson_lower(counts[1], counts[1] + counts[-1])
            assert idea.controversy == controversy(counts[1], counts[-1])
        stored = db.session.scalars(select(Support.value).where(Support.idea_id == idea.id))
        assert sorted(stored) == sorted(values)
    for budget in db.session.scalars(select(Budget).where(Budget.call_id == call.id)):
        who = next(number for number, person in enumerate(people) if person.id == budget.person_id)
        assert budget.spent == sum(points for (other, _idea), points in model.items() if other == who) <= 4


def test_the_database_itself_refuses_a_point_too_many(app):
    call = a_points_call(each=2, most=2)
    with pytest.raises(IntegrityError):
        saved(Budget(call_id=call.id, person_id=a_person().id, points_each=2, spent=3))
