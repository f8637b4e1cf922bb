import pytest

from ideenlab.comments.queries import as_tree, comments_of, get_comment, hidden_comments, latest_comments
from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from tests.factories import a_comment, an_idea


def shape(branches):
    return [(branch.comment.text, branch.depth, shape(branch.replies)) for branch in branches]


def test_answers_stand_below_what_they_answer(app):
    idea = an_idea()
    first = a_comment(idea, text="first")
    a_comment(idea, text="second")
    a_comment(idea, text="to first", parent_id=first.id)
    assert shape(as_tree(comments_of(idea.thread_id))) == [
        ("first", 1, [("to first", 2, [])]),
        ("second", 1, []),
    ]


def test_below_the_third_level_answers_stand_in_one_row_and_say_whom_they_answer(app):
    idea = an_idea()
    parent, chain = None, []
    for number in range(200):
        parent = a_comment(idea, text=str(number), parent_id=parent.id if parent else None)
        chain.append(parent)
    (root,) = as_tree(comments_of(idea.thread_id))
    row = root.replies[0].replies
    assert [branch.comment.text for branch in row] == [str(number) for number in range(2, 200)]
    assert {branch.depth for branch in row} == {3}
    assert all(not branch.replies for branch in row)
    assert [branch.answers_to.text for branch in row[1:]] == [str(number) for number in range(2, 199)]


def test_a_discussion_costs_the_same_for_one_and_for_thirty(app, count_queries):
    idea = an_idea()
    thread_id = idea.thread_id
    a_comment(idea)
    one = count_queries(lambda: comments_of(thread_id))
    for _number in range(29):
        a_comment(idea)
    db.session.rollback()
    thirty = count_queries(lambda: [comment.author.pseudonym for comment in comments_of(thread_id)])
    assert (one, thirty) == (1, 1)


@pytest.mark.parametrize("number", [0, -1, 4711, 2**31, 10**30])
def test_a_comment_that_is_not_there_is_not_found(app, number):
    with pytest.raises(NotFound):
        get_comment(number)


def test_the_moderation_sees_the_newest_first(app):
    idea = an_idea()
    old, new = a_comment(idea), a_comment(idea)
    hidden = a_comment(idea, state="hidden")
    a_comment(idea, state="withdrawn")
    assert [comment.id for comment in latest_comments(20)] == [new.id, old.id]
    assert [comment.id for comment in latest_comments(1)] == [new.id]
    assert [comment.id for comment in hidden_comments(20)] == [hidden.id]
