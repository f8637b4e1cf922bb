import pytest

from ideenlab.comments.actions import LONGEST_COMMENT, add_comment, hide_comment, restore_comment, withdraw_comment
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.history.models import Entry
from tests.factories import a_comment, a_person, an_idea


def deeds():
    return [entry.deed for entry in db.session.query(Entry).order_by(Entry.id)]


def test_a_comment_is_kept_with_its_safe_html(app):
    idea, author = an_idea(), a_person()
    with transaction():
        comment = add_comment(author, thread_id=idea.thread_id, parent=None, text=" **Gut** <b onclick=x>so</b>\r\n")
    assert (comment.text, comment.state, comment.author_id) == ("**Gut** <b onclick=x>so</b>", "visible", author.id)
    assert comment.text_html == "<p><strong>Gut</strong> &lt;b onclick=x&gt;so&lt;/b&gt;</p>\n"
    assert deeds() == ["comments.added"]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\ufeff\u00ad", "x" * (LONGEST_COMMENT + 1)])
def test_an_empty_or_endless_comment_is_refused(app, text):
    idea, author = an_idea(), a_person()
    with pytest.raises(Invalid), transaction():
        add_comment(author, thread_id=idea.thread_id, parent=None, text=text)


def test_the_longest_comment_is_kept(app):
    idea, author = an_idea(), a_person()
    with transaction():
        comment = add_comment(author, thread_id=idea.thread_id, parent=None, text="x" * LONGEST_COMMENT)
    assert len(comment.text) == LONGEST_COMMENT


def test_nobody_answers_into_another_discussion(app):
    idea, elsewhere, author = an_idea(), a_comment(an_idea()), a_person()
    with pytest.raises(NotAllowed), transaction():
        add_comment(author, thread_id=idea.thread_id, parent=elsewhere, text="Ja")


def test_a_withdrawn_comment_keeps_its_place(app):
    author = a_person()
    comment = a_comment(an_idea(), author)
    with transaction():
        withdraw_comment(author, comment=comment)
    assert comment.state == "withdrawn"
    with pytest.raises(NotAllowed), transaction():
        withdraw_comment(author, comment=comment)


def test_hiding_and_restoring_are_each_written_down(app):
    moderator, comment = a_person("moderator"), a_comment(an_idea())
    with transaction():
        hide_comment(moderator, comment=comment, reason="Beleidigt andere.")
    assert (comment.state, comment.hidden_reason) == ("hidden", "Beleidigt andere.")
    with transaction():
        restore_comment(moderator, comment=comment)
    assert (comment.state, comment.hidden_reason) == ("visible", "")
    assert deeds() == ["comments.hidden", "comments.restored"]


def test_who_comes_second_is_told_so(app):
    """The rule looked at a comment that somebody else changed meanwhile."""
    moderator, comment = a_person("moderator"), a_comment(an_idea())
    with transaction():
        hide_comment(moderator, comment=comment, reason="Beleidigt andere.")
    with pytest.raises(Conflict), transaction():
        db.session.refresh(comment)
        db.session.expunge(comment)
        comment.state = "visible"  # as it stood when the page was opened
        hide_comment(moderator, comment=comment, reason="Noch einmal.")
