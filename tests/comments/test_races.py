"""Votes on a comment and changes of it, many at once."""

from collections import Counter

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment, CommentVersion, CommentVote
from ideenlab.comments.queries import get_comment
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict
from ideenlab.ideas.actions import comment_on_idea, edit_comment_on_idea, vote_on_comment_on_idea
from ideenlab.ideas.maths import wilson_lower
from ideenlab.ideas.models import Idea
from tests.factories import DAY, a_comment, a_person, an_idea
from tests.ideas.test_races import all_at_once


@pytest.mark.parametrize("a_round", range(5))
def test_votes_on_a_comment_are_counted_as_they_are_stored(app, a_round):
    comment_id, people = a_comment(an_idea()).id, [a_person().id for _number in range(5)]
    db.session.rollback()

    def vote(person, value):
        with transaction():
            vote_on_comment_on_idea(db.session.get(Person, person), comment=get_comment(comment_id), value=value)

    calls = [lambda person=person, value=value: vote(person, value) for person in people for value in (1, -1)]
    assert all_at_once(app, calls) == [None] * 10
    db.session.rollback()
    comment = get_comment(comment_id)
    rows = Counter(db.session.scalars(select(CommentVote.value).where(CommentVote.comment_id == comment_id)))
    assert (comment.for_count, comment.against_count) == (rows[1], rows[-1])
    assert rows.total() == 5
    assert comment.certainty == wilson_lower(rows[1], 5)


def test_of_two_changes_at_once_one_wins_and_the_other_is_told(app):
    comment = a_comment(an_idea(), created_at=now() - DAY)
    comment_id, author = comment.id, comment.author_id
    db.session.rollback()

    def edit(text):
        with transaction():
            edit_comment_on_idea(
                db.session.get(Person, author), comment=get_comment(comment_id), text=text, stance="pro", revision=1
            )

    ends = all_at_once(app, [lambda text=text: edit(text) for text in ("eins", "zwei", "drei")])
    assert Counter(type(end) for end in ends) == {type(None): 1, Conflict: 2}
    db.session.rollback()
    assert get_comment(comment_id).revision == 2
    assert len(db.session.scalars(select(CommentVersion)).all()) == 1


def test_answers_written_at_once_each_have_their_own_place(app):
    root = a_comment(an_idea())
    idea_id, root_id = db.session.scalars(select(Idea.id)).one(), root.id
    people = [a_person().id for _number in range(8)]
    db.session.rollback()

    def answer(person):
        with transaction():
            comment_on_idea(
                db.session.get(Person, person),
                idea=db.session.get(Idea, idea_id),
                text="Ja!",
                parent=get_comment(root_id),
            )

    assert all_at_once(app, [lambda person=person: answer(person) for person in people]) == [None] * 8
    db.session.rollback()
    places = db.session.scalars(select(Comment.place).where(Comment.root_id == root_id))
    assert sorted(places) == list(range(1, 9))
