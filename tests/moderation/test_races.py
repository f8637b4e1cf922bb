"""Two decide, many report, an author withdraws, all at the same moment."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.ideas.actions import withdraw_idea
from ideenlab.ideas.models import Idea
from ideenlab.moderation.actions import appeal, decide_appeal, decide_case, gather_waiting, report_thing, take_measure
from ideenlab.moderation.models import Appeal, Case, Measure, Report
from ideenlab.moderation.queries import get_thing
from tests.factories import a_call, a_person, an_idea
from tests.ideas.test_races import all_at_once

WHY = "Nennt den vollen Namen eines Nachbarn."


def report(idea_id, text):
    with transaction():
        report_thing(None, thing=get_thing("idee", idea_id), reason="spam", text=text)


def rows(model):
    db.session.rollback()
    return list(db.session.scalars(select(model).order_by(model.id)))


def test_twelve_reports_at_once_are_one_case(app):
    number = an_idea().id
    all_at_once(app, [lambda text=f"Das ist Werbung, Nummer {n}.": report(number, text) for n in range(12)])
    (case,) = rows(Case)
    assert (case.report_count, len(rows(Report))) == (12, 12)


@pytest.mark.parametrize("kinds", [("hidden", "kept"), ("hidden", "hidden"), ("kept", "change_asked")])
def test_two_who_decide_at_once_one_wins_and_the_other_hears_of_it(app, kinds):
    number, deciders = an_idea().id, [a_person("moderator").id for _kind in kinds]
    report(number, "Das ist Werbung.")
    (case_id,) = [case.id for case in rows(Case)]

    def decide(person_id, kind):
        with transaction():
            case = db.session.get(Case, case_id)
            decide_case(db.session.get(Person, person_id), case=case, kind=kind, reason=WHY)

    pairs = zip(deciders, kinds, strict=True)
    results = all_at_once(app, [lambda who=who, kind=kind: decide(who, kind) for who, kind in pairs])
    assert Counter(type(result) for result in results) == {type(None): 1, Conflict: 1}
    won = kinds[results.index(None)]
    assert [measure.kind for measure in rows(Measure)] == [won]
    state = db.session.scalar(select(Idea.state).where(Idea.id == number))
    assert state == {"hidden": "hidden", "kept": "published", "change_asked": "waiting"}[won]


def test_hiding_and_withdrawing_at_once_leave_one_state_and_the_right_measure(app):
    idea = an_idea()
    number, author, moderator = idea.id, idea.author_id, a_person("moderator").id

    def hide():
        with transaction():
            take_measure(db.session.get(Person, moderator), thing=get_thing("idee", number), kind="hidden", reason=WHY)

    def withdraw():
        with transaction():
            withdraw_idea(db.session.get(Person, author), idea=db.session.get(Idea, number))

    results = all_at_once(app, [hide, withdraw])
    assert {type(result) for result in results} <= {type(None), Conflict, NotAllowed}
    told = [measure.kind for measure in rows(Measure)]
    state = db.session.scalar(select(Idea.state).where(Idea.id == number))
    assert told == (["hidden"] if results[0] is None else [])
    assert state == ("withdrawn" if results[1] is None else "hidden")


def test_two_decide_about_one_appeal(app):
    author, decider = a_person(), a_person("moderator")
    others = [a_person("moderator").id, a_person("organiser").id]
    idea = an_idea(author=author)
    with transaction():
        measure = take_measure(decider, thing=get_thing("idee", idea.id), kind="hidden", reason=WHY)
        number = appeal(author, measure=measure, text="Das sehe ich ganz anders.").id

    def decide(person_id, *, overturn):
        with transaction():
            found = db.session.get(Appeal, number)
            decide_appeal(
                db.session.get(Person, person_id), appeal=found, overturn=overturn, reason="Noch einmal geprüft."
            )

    first, second = others
    results = all_at_once(app, [lambda: decide(first, overturn=True), lambda: decide(second, overturn=False)])
    assert Counter(type(result) for result in results) == {type(None): 1, Conflict: 1}
    (decided,) = rows(Appeal)
    assert decided.outcome == ("overturned" if results[0] is None else "upheld")
    assert [each.kind for each in rows(Measure)] == ["hidden", *(["restored"] if results[0] is None else [])]


def test_one_author_appeals_once_however_often_they_press(app):
    author, decider = a_person(), a_person("moderator")
    idea = an_idea(author=author)
    with transaction():
        number = take_measure(decider, thing=get_thing("idee", idea.id), kind="hidden", reason=WHY).id
    author_id = author.id

    def press():
        with transaction():
            appeal(
                db.session.get(Person, author_id),
                measure=db.session.get(Measure, number),
                text="Das ist falsch, bitte.",
            )

    all_at_once(app, [press] * 4)
    assert len(rows(Appeal)) == 1


def test_two_workers_gather_what_waits_once(app):
    call = a_call(is_premoderated=True)
    for _number in range(5):
        an_idea(call, state="waiting", published_at=None)

    def gather():
        with transaction():
            return gather_waiting()

    found = all_at_once(app, [gather] * 4)
    assert sum(number for number in found if isinstance(number, int)) == 5
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Case)) == 5
