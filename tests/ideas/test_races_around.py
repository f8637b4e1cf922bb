"""Many at once around one idea: never a sixth picture or co-author, and one answer to an invitation."""

import io

from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.files.actions import draw_picture
from ideenlab.ideas.actions import add_image, answer_invitation, invite_co_author
from ideenlab.ideas.models import CoAuthor, Idea, IdeaImage
from tests.factories import a_person, an_idea
from tests.files.samples import picture
from tests.ideas.test_races import all_at_once


def rows(model, idea_id, *conditions):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(model.idea_id == idea_id, *conditions))


def test_of_eight_pictures_at_once_five_are_kept(app):
    idea = an_idea()
    idea_id, author_id = idea.id, idea.author_id
    drawn = [draw_picture(io.BytesIO(picture()), name="bank.png") for _number in range(8)]
    db.session.rollback()

    def add(widths):
        with transaction():
            person, its_idea = db.session.get(Person, author_id), db.session.get(Idea, idea_id)
            add_image(person, idea=its_idea, drawn=widths, alt="Eine Bank", decorative=False)

    said = all_at_once(app, [lambda widths=widths: add(widths) for widths in drawn])
    assert said.count(None) == 5
    assert all(isinstance(each, (Invalid, NotAllowed)) for each in said if each is not None)
    assert rows(IdeaImage, idea_id) == db.session.get(Idea, idea_id).image_count == 5


def test_of_eight_invitations_at_once_five_are_sent(app):
    idea = an_idea()
    idea_id, author_id = idea.id, idea.author_id
    names = [a_person().pseudonym for _number in range(8)]
    db.session.rollback()

    def invite(name):
        with transaction():
            invite_co_author(db.session.get(Person, author_id), idea=db.session.get(Idea, idea_id), pseudonym=name)

    said = all_at_once(app, [lambda name=name: invite(name) for name in names])
    assert said.count(None) == 5
    assert all(isinstance(each, (Invalid, NotAllowed)) for each in said if each is not None)
    assert rows(CoAuthor, idea_id) == db.session.get(Idea, idea_id).co_author_count == 5


def test_yes_and_no_at_once_are_one_answer(app):
    for _round in range(4):
        idea, friend = an_idea(), a_person()
        with transaction():
            invite_co_author(idea.author, idea=idea, pseudonym=friend.pseudonym)
        idea_id, friend_id = idea.id, friend.id
        db.session.rollback()

        def answer(accepts, idea_id=idea_id, friend_id=friend_id):
            with transaction():
                person, its_idea = db.session.get(Person, friend_id), db.session.get(Idea, idea_id)
                answer_invitation(person, idea=its_idea, accepts=accepts)

        said = all_at_once(app, [lambda: answer(True), lambda: answer(False), lambda: answer(True)])
        assert said.count(None) == 1
        assert all(isinstance(each, (Conflict, NotAllowed)) for each in said if each is not None)
        named = rows(CoAuthor, idea_id, CoAuthor.state.in_(("invited", "accepted")))
        assert db.session.get(Idea, idea_id).co_author_count == named
