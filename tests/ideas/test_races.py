"""Many at once: one person, one support; counters equal rows, always."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import get_comment
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.ideas.actions import (
    comment_on_idea,
    edit_idea,
    hide_comment_on_idea,
    restore_comment_on_idea,
    support_idea,
    undo_support,
    withdraw_comment_on_idea,
)
from ideenlab.ideas.models import Idea, IdeaVersion, Support
from tests.factories import a_person, an_idea


def all_at_once(app, calls: list[Callable[[], object]]) -> list[object]:
    """Run each call in a thread of its own, all let go at the same moment; gives what each returned or raised."""
    start = Barrier(len(calls))

    def run(call):
        with app.app_context():
            start.wait()
            try:
                return call()
            except Exception as problem:  # the tests look at what it is
                return problem
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def counted(idea_id):
    """Shown and recounted: supports and visible comments."""
    db.session.rollback()
    idea = db.session.get(Idea, idea_id)
    supports = db.session.scalar(select(func.count()).select_from(Support).where(Support.idea_id == idea_id))
    visible = select(func.count()).select_from(Comment).where(Comment.thread_id == idea.thread_id)
    comments = db.session.scalar(visible.where(Comment.state == "visible"))
    return (idea.support_count, idea.comment_count), (supports, comments)


@pytest.mark.parametrize("a_round", range(5))
def test_ten_supports_of_one_person_at_once_are_one(app, a_round):
    idea, person = an_idea(), a_person()
    clients = [app.test_client() for _number in range(3)]
    for client in clients:
        client.sign_in(person)
    path = f"/idee/{idea.id}/unterstuetzen"
    cookies = [client.get_cookie("session").value for client in clients]

    def support(number):
        client = app.test_client()
        client.set_cookie("session", cookies[number % 3])
        return client.post(path).status_code

    statuses = all_at_once(app, [lambda number=number: support(number) for number in range(10)])
    assert statuses == [303] * 10
    shown, rows = counted(idea.id)
    assert (shown, rows) == ((1, 0), (1, 0))


def test_ten_people_at_once_are_ten(app):
    idea = an_idea()
    people = [a_person().id for _number in range(10)]
    idea_id = idea.id
    db.session.rollback()

    def support(person_id):
        with transaction():
            support_idea(db.session.get(Person, person_id), idea=db.session.get(Idea, idea_id))

    assert all_at_once(app, [lambda number=number: support(number) for number in people]) == [None] * 10
    assert counted(idea_id) == ((10, 0), (10, 0))


def test_supports_and_undos_at_once_never_go_below_zero(app):
    idea, person = an_idea(), a_person()
    idea_id, person_id = idea.id, person.id
    db.session.rollback()

    def do(action):
        with transaction():
            action(db.session.get(Person, person_id), idea=db.session.get(Idea, idea_id))

    for _round in range(4):
        calls = [lambda action=action: do(action) for action in (support_idea, undo_support) * 4]
        assert all_at_once(app, calls) == [None] * 8
        shown, rows = counted(idea_id)
        assert shown == rows
        assert shown[0] in (0, 1)


def test_the_same_comment_from_two_windows_at_once_is_stored_once(app):
    idea, person = an_idea(), a_person()
    idea_id, person_id = idea.id, person.id
    db.session.rollback()

    def say():
        with transaction():
            comment_on_idea(
                db.session.get(Person, person_id), idea=db.session.get(Idea, idea_id), text="Das wäre schön."
            )

    assert all_at_once(app, [say] * 6) == [None] * 6
    assert counted(idea_id) == ((0, 1), (0, 1))


def test_of_two_edits_at_once_one_wins_and_the_other_is_told(app):
    author = a_person()
    idea = an_idea(author=author)
    idea_id, author_id = idea.id, author.id
    db.session.rollback()

    def edit(title):
        with transaction():
            idea = db.session.get(Idea, idea_id)
            edit_idea(
                db.session.get(Person, author_id),
                idea=idea,
                title=title,
                text="Ein neuer Text.",
                topic=None,
                revision=1,
            )

    ends = all_at_once(app, [lambda title=title: edit(title) for title in ("Erster Titel", "Zweiter Titel")])
    assert sorted(type(end).__name__ for end in ends) == ["Conflict", "NoneType"]
    db.session.rollback()
    idea = db.session.get(Idea, idea_id)
    conflict = next(end for end in ends if isinstance(end, Conflict))
    assert (idea.revision, conflict.stored[0][1]) == (2, idea.title)
    assert len(db.session.scalars(select(IdeaVersion)).all()) == 1


def test_two_moderators_hide_the_same_comment_once(app):
    idea, people = an_idea(), [a_person("moderator").id for _number in range(4)]
    with transaction():
        comment_id = comment_on_idea(a_person(), idea=idea, text="Unfug!").id
    idea_id = idea.id
    db.session.rollback()

    def hide(person_id):
        with transaction():
            comment = get_comment(comment_id)
            hide_comment_on_idea(db.session.get(Person, person_id), comment=comment, reason="Bitte sachlich bleiben.")

    ends = all_at_once(app, [lambda number=number: hide(number) for number in people])
    assert sum(end is None for end in ends) == 1
    assert all(isinstance(end, (Conflict, NotAllowed)) for end in ends if end is not None)
    assert counted(idea_id) == ((0, 0), (0, 0))


class Town:
    """People who support and comment at random, and a moderator."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.ideas = [an_idea() for _number in range(2)]
        self.people = [a_person() for _number in range(20)]
        self.moderator = a_person("moderator")

    def deed(self):
        person, idea = self.chance.choice(self.people), self.chance.choice(self.ideas)
        kind = self.chance.choice(["support", "support", "undo", "comment", "comment", "withdraw", "hide", "restore"])
        if kind == "support":
            support_idea(person, idea=idea)
        elif kind == "undo":
            undo_support(person, idea=idea)
        else:
            self.talk(person, idea, kind)

    def talk(self, person, idea, kind):
        comment = self.some_comment("hidden" if kind == "restore" else "visible")
        if kind == "comment" or comment is None:
            text = self.chance.choice(["Ja", "Nein", "Vielleicht"])  # now and then a double click
            comment_on_idea(person, idea=idea, text=text)
        elif kind == "withdraw":
            withdraw_comment_on_idea(comment.author, comment=comment)
        elif kind == "hide":
            hide_comment_on_idea(self.moderator, comment=comment, reason="Bitte sachlich bleiben.")
        else:
            restore_comment_on_idea(self.moderator, comment=comment)

    def some_comment(self, state):
        comments = db.session.scalars(select(Comment).where(Comment.state == state).order_by(Comment.id)).all()
        return self.chance.choice(comments) if comments else None


@pytest.mark.parametrize("seed", [1, 2])
def test_after_two_hundred_random_deeds_every_counter_equals_its_rows(app, seed):
    town = Town(seed)
    for _number in range(200):
        with transaction():
            town.deed()
    for idea in town.ideas:
        shown, rows = counted(idea.id)
        assert shown == rows
        assert min(shown) >= 0
    assert db.session.scalar(select(func.count()).select_from(Comment)) > 20
    assert db.session.scalar(select(func.count()).select_from(Support)) > 5
