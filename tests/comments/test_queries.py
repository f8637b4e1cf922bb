import pytest

from ideenlab.comments.queries import (
    REPLIES,
    REPLIES_ALONE,
    ROOTS,
    best_comments,
    best_of,
    branches_of,
    get_comment,
    hidden_comments,
    latest_comments,
    replies_of,
)
from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import write_cursor
from tests.factories import a_comment, a_person, an_idea


def shape(branches):
    return [(branch.comment.text, branch.depth, shape(branch.replies)) for branch in branches]


def test_answers_stand_below_what_they_answer(app):
    idea = an_idea()
    first = a_comment(idea, text="first")
    a_comment(idea, text="second")
    a_comment(idea, text="to first", parent_id=first.id)
    assert shape(branches_of(idea.thread_id).rows) == [
        ("first", 1, [("to first", 2, [])]),
        ("second", 1, []),
    ]


def test_below_the_third_level_answers_stand_in_one_row_and_say_whom_they_answer(app):
    idea = an_idea()
    parent, chain = None, []
    for number in range(200):
        parent = a_comment(idea, text=str(number), parent_id=parent.id if parent else None)
        chain.append(parent)
    (root,) = branches_of(idea.thread_id).rows
    row = root.replies[0].replies
    assert [branch.comment.text for branch in row] == [str(number) for number in range(2, REPLIES + 1)]
    assert {branch.depth for branch in row} == {3}
    assert all(not branch.replies for branch in row)
    assert [branch.answers_to.text for branch in row[1:]] == [str(number) for number in range(2, REPLIES)]
    assert root.goes_on


def walk(branches):
    for branch in branches:
        yield branch
        yield from walk(branch.replies)


def test_the_replies_of_a_branch_come_page_by_page_and_each_once(app):
    idea = an_idea()
    root = parent = a_comment(idea)
    texts = []
    for number in range(2 * REPLIES_ALONE + 7):
        parent = a_comment(idea, text=f"Antwort {number}", parent_id=parent.id)
        texts.append(parent.text)
    seen, cursor = [], "0"
    while cursor:
        page = replies_of(root, after=int(cursor))
        branches = list(walk(page.rows))
        assert branches[0].comment.id == root.id
        assert len(branches) <= REPLIES_ALONE + 1
        seen += [branch.comment.text for branch in branches[1:]]
        if int(cursor):  # whom the first of the page answers stands on the page before
            assert branches[1].answers_to.text == texts[int(cursor) - 1]
        cursor = page.next
    assert seen == texts


@pytest.mark.parametrize("order", ["oldest", "newest", "best"])
def test_each_branch_comes_once_in_each_order(app, order):
    idea = an_idea()
    comments = [a_comment(idea, text=str(number), certainty=number * 7 % 5) for number in range(2 * ROOTS + 3)]
    wanted = {
        "oldest": comments,
        "newest": comments[::-1],
        "best": sorted(comments, key=lambda comment: (-comment.certainty, -comment.id)),
    }[order]
    seen, cursor, pages = [], "", 0
    while not pages or cursor:
        page = branches_of(idea.thread_id, order=order, cursor=cursor)
        seen += [branch.comment.id for branch in page.rows]
        cursor, pages = page.next, pages + 1
        assert len(page.rows) <= ROOTS
    assert seen == [comment.id for comment in wanted]
    assert pages == 3


@pytest.mark.parametrize("order", ["oldest", "newest", "best"])
def test_the_page_around_a_comment_shows_it_with_what_comes_before(app, order):
    idea = an_idea()
    comments = [a_comment(idea, text=str(number), certainty=number % 3) for number in range(ROOTS + 15)]
    whole = branches_of(idea.thread_id, order=order)
    whole = [*whole.rows, *branches_of(idea.thread_id, order=order, cursor=whole.next).rows]
    for at, branch in enumerate(whole):
        page = branches_of(idea.thread_id, order=order, around=branch.comment).rows
        begin = max(0, at - ROOTS // 2)
        assert [other.comment for other in page] == [other.comment for other in whole[begin : begin + ROOTS]]
    assert len(whole) == len(comments)


@pytest.mark.parametrize("cursor", ["x", "W10", write_cursor("oldest", 2**61), write_cursor("best", -(2**61), 2**61)])
@pytest.mark.parametrize("order", ["oldest", "newest", "best"])
def test_a_cursor_that_was_made_up_is_harmless(app, order, cursor):
    idea = an_idea()
    a_comment(idea)
    assert len(branches_of(idea.thread_id, order=order, cursor=cursor).rows) in (0, 1)


def test_what_waits_for_its_release_only_its_author_and_the_moderation_find(app):
    idea, author = an_idea(), a_person()
    a_comment(idea, text="da")
    waiting = a_comment(idea, author, text="wartet", state="waiting")
    a_comment(idea, text="darunter", parent_id=waiting.id)
    found = {}
    for who, reader in (("visitor", None), ("other", a_person()), ("author", author), ("staff", a_person("moderator"))):
        found[who] = [branch.comment.text for branch in walk(branches_of(idea.thread_id, reader=reader).rows)]
    assert found["visitor"] == found["other"] == ["da"]
    assert found["author"] == found["staff"] == ["da", "wartet", "darunter"]


def test_the_best_of_both_sides_are_the_most_certain_that_can_be_seen(app):
    idea = an_idea()
    for stance, certainty, state in (
        ("pro", 5, "visible"), ("pro", 9, "hidden"), ("pro", 7, "visible"), ("pro", 7, "visible"),
        ("contra", 1, "visible"), ("neutral", 99, "visible"),
    ):  # fmt: skip
        a_comment(idea, stance=stance, certainty=certainty, state=state, text=f"{stance} {certainty}")
    a_comment(an_idea(), stance="contra", certainty=50)
    best = best_comments(idea.thread_id)
    assert [comment.text for comment in best["pro"]] == ["pro 7", "pro 7"]
    assert best["pro"][0].id < best["pro"][1].id
    assert [comment.text for comment in best["contra"]] == ["contra 1"]
    assert best_of(branch.comment for branch in walk(branches_of(idea.thread_id).rows)) == best


def test_a_discussion_costs_the_same_for_one_and_for_hundreds(app, count_queries):
    idea = an_idea()
    thread_id = idea.thread_id

    def read():
        return [branch.comment.author for branch in walk(branches_of(thread_id).rows)]

    first = a_comment(idea)
    one = count_queries(read)
    for number in range(120):
        a_comment(idea, parent_id=first.id if number % 2 else None)
    db.session.rollback()
    assert (one, count_queries(read)) == (2, 2)
    assert len(read()) == ROOTS + REPLIES


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
