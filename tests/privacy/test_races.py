"""Somebody is erased while they write: what they wrote comes before and goes too, or comes after and is refused."""

from functools import partial

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, NoResultFound, OperationalError

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict
from ideenlab.ideas.actions import comment_on_idea, give_idea, support_idea, undo_support
from ideenlab.ideas.models import Idea, Support
from ideenlab.privacy.actions import erase_person
from ideenlab.privacy.actions.erasing import references
from tests.factories import a_call, a_person, an_idea
from tests.ideas.test_races import all_at_once
from tests.privacy.test_actions_erasing import found_in_texts

REFUSED = (IntegrityError, NoResultFound, OperationalError, Conflict)  # 409, 404, 503: each says what to do


def erase(who):
    with transaction():
        erase_person(None, person=db.session.get_one(Person, who), way="everything")


def write(who, what):
    with transaction():
        idea = db.session.get_one(Idea, what)
        comment_on_idea(db.session.get_one(Person, who), idea=idea, parent=None, text="Amselwort")


def draft(who, what):
    with transaction():
        call = db.session.get_one(Idea, what).call
        give_idea(db.session.get_one(Person, who), call=call, title="Amselwort", text="Amselwort hier", topic=None)


def vote(who, what):
    for act in (undo_support, support_idea):
        with transaction():
            act(db.session.get_one(Person, who), idea=db.session.get_one(Idea, what))


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def test_who_is_erased_while_they_write_leaves_nothing(app):
    call, other = a_call(), a_person()
    for number in range(4):
        person = a_person(pseudonym=f"Amselweibchen {number}", email=f"amsel{number}@example.org")
        idea, own = an_idea(call, other), an_idea(call, person, text=f"Amselwort {number}")
        with transaction():
            support_idea(person, idea=idea)
        who, here, there, stranger = person.id, idea.id, own.id, other.id
        db.session.rollback()
        acts = [partial(act, who, here) for act in (write, draft, vote, write)]
        done = all_at_once(app, [partial(erase, who), *acts, partial(vote, stranger, there)])
        db.session.rollback()
        assert done[0] is None
        assert [each for each in done if each is not None and not isinstance(each, REFUSED)] == []
        assert found_in_texts(f"Amselweibchen {number}") | found_in_texts(f"amsel{number}@example.org") == set()
        assert count(Idea, Idea.title == "Amselwort") == 0
        assert count(Comment, Comment.text == "Amselwort") == 0
        assert [str(column) for table, column in references() if count(table, column == who)] == []
        for each in db.session.scalars(select(Idea)):
            visible = count(Comment, Comment.thread_id == each.thread_id, Comment.state == "visible")
            assert (each.support_count, each.comment_count) == (count(Support, Support.idea_id == each.id), visible)
