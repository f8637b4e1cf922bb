"""Changing a comment, and voting on comments."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ideenlab.comments.actions import UNNOTICED, add_comment, edit_comment, vote_on_comment
from ideenlab.comments.models import Comment, CommentVersion, CommentVote
from ideenlab.comments.queries import own_comment_votes, versions_of_comment
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.history.models import Entry
from tests.factories import a_comment, a_person, an_idea


def certainty(pro, total):
    """A stand-in whose result says what it was given."""
    return 1_000 * pro + total


def edit(comment, text, *, after=timedelta(0), stance="neutral", revision=None):
    with transaction():
        edit_comment(
            comment.author, comment=comment, text=text, stance=stance, revision=revision or comment.revision,
            at=comment.created_at + after,
        )  # fmt: skip


def vote(person, comment, value):
    with transaction():
        vote_on_comment(person, comment=comment, value=value, at=now(), certainty=certainty)


def test_within_a_quarter_of_an_hour_a_change_leaves_no_trace_for_readers(app):
    comment = a_comment(an_idea(), text="Das ist ghut.")
    edit(comment, "Das ist gut.", after=UNNOTICED - timedelta(seconds=1), stance="pro")
    assert (comment.text, comment.text_html, comment.stance) == ("Das ist gut.", "<p>Das ist gut.</p>\n", "pro")
    assert (comment.edited_at, comment.revision, versions_of_comment(comment)) == (None, 2, [])


def test_later_the_earlier_versions_stay(app):
    comment = a_comment(an_idea(), text="eins")
    edit(comment, "zwei", after=UNNOTICED)
    edit(comment, "zwei", after=UNNOTICED)  # nothing is changed
    edit(comment, "zwei", after=UNNOTICED * 2, stance="contra")
    assert comment.edited_at == comment.created_at + UNNOTICED * 2
    older = versions_of_comment(comment)
    assert [(old.text, old.stance) for old in older] == [("zwei", "neutral"), ("eins", "neutral")]
    assert [old.written_at for old in older] == [comment.created_at + UNNOTICED, comment.created_at]


def test_of_two_windows_the_second_is_told_and_overwrites_nothing(app):
    comment = a_comment(an_idea(), text="eins")
    edit(comment, "zwei", revision=1)
    with pytest.raises(Conflict) as clash:
        edit(comment, "drei", revision=1)
    assert (clash.value.mine[0][1], clash.value.stored[0][1]) == ("drei", "zwei")
    db.session.refresh(comment)
    assert comment.text == "zwei"


@pytest.mark.parametrize(("text", "stance", "field"), [("  ", "pro", "text"), ("x" * 3001, "pro", "text"),
                                                       ("Ja", "für", "stance")])  # fmt: skip
def test_a_change_keeps_the_limits_of_a_comment(app, text, stance, field):
    comment = a_comment(an_idea())
    with pytest.raises(Invalid) as refused:
        edit(comment, text, stance=stance)
    assert refused.value.field == field


@pytest.mark.parametrize("state", ["withdrawn", "hidden"])
def test_what_is_gone_is_not_changed(app, state):
    comment = a_comment(an_idea(), state=state)
    with pytest.raises(NotAllowed):
        edit(comment, "Doch noch etwas.")


def test_replies_know_their_branch_and_their_place_in_it(app):
    idea, author = an_idea(), a_person()
    with transaction():
        root = add_comment(author, thread_id=idea.thread_id, parent=None, text="Wurzel", stance="pro")
        first = add_comment(author, thread_id=idea.thread_id, parent=root, text="eins")
        second = add_comment(author, thread_id=idea.thread_id, parent=first, text="zwei")
    assert (root.root_id, root.place, root.stance) == (None, 0, "pro")
    assert [(reply.root_id, reply.place) for reply in (first, second)] == [(root.id, 1), (root.id, 2)]


def test_a_vote_is_changed_and_taken_back(app):
    comment, person, other = a_comment(an_idea()), a_person(), a_person()
    seen = []
    for who, value in ((person, 1), (person, 1), (other, -1), (person, -1), (person, 0), (person, 0)):
        vote(who, comment, value)
        seen.append((comment.for_count, comment.against_count, comment.certainty))
    assert seen == [(1, 0, 1001), (1, 0, 1001), (1, 1, 1002), (0, 2, 2), (0, 1, 1), (0, 1, 1)]
    assert own_comment_votes(other, [comment.id]) == {comment.id: -1}
    assert own_comment_votes(person, [comment.id]) == own_comment_votes(None, [comment.id]) == {}
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0


def test_nobody_votes_on_what_they_wrote_or_on_what_is_gone(app):
    comment = a_comment(an_idea())
    with pytest.raises(NotAllowed):
        vote(comment.author, comment, 1)
    with pytest.raises(Invalid):
        vote(a_person(), comment, 2)
    with transaction():
        comment.state = "hidden"
    with pytest.raises(NotAllowed):
        vote(a_person(), comment, 1)
    db.session.refresh(comment)
    assert (comment.for_count, comment.against_count) == (0, 0)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(votes=st.lists(st.tuples(st.integers(0, 3), st.sampled_from([-1, 0, 1])), max_size=30))
def test_any_votes_keep_the_counters_equal_to_the_rows(app, votes):
    comment, people = a_comment(an_idea()), [a_person() for _number in range(4)]
    last: dict[int, int] = {}
    for who, value in votes:
        vote(people[who], comment, value)
        last[who] = value
    wanted = [value for value in last.values() if value]
    db.session.refresh(comment)
    assert (comment.for_count, comment.against_count) == (wanted.count(1), wanted.count(-1))
    assert comment.certainty == (certainty(wanted.count(1), len(wanted)) if votes and any(v for _w, v in votes) else 0)
    stored = db.session.scalars(select(CommentVote.value).where(CommentVote.comment_id == comment.id))
    assert sorted(stored) == sorted(wanted)


def test_versions_go_with_their_comment(app):
    comment = a_comment(an_idea(), text="eins")
    edit(comment, "zwei", after=UNNOTICED)
    vote(a_person(), comment, 1)
    with transaction():
        db.session.execute(Comment.__table__.delete().where(Comment.id == comment.id))
    for model in (CommentVersion, CommentVote):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
