from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.comments.models import Comment
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotAllowed, NotFound
from ideenlab.ideas.actions import (
    comment_on_idea,
    hide_comment_on_idea,
    restore_comment_on_idea,
    withdraw_comment_on_idea,
)
from ideenlab.mail.models import Mail
from tests.factories import a_call, a_comment, a_person, an_idea


def said(author, idea, text="Das wäre schön.", parent=None):
    with transaction():
        return comment_on_idea(author, idea=idea, text=text, parent=parent)


def mails():
    db.session.rollback()
    return [(mail.recipient, mail.subject) for mail in db.session.scalars(select(Mail).order_by(Mail.id))]


def test_a_comment_is_counted_and_the_author_of_the_idea_is_told_once(app):
    author, citizen = a_person(), a_person(pseudonym="Kiebitz")
    idea = an_idea(author=author, title="Bänke an der Hase")
    comment = said(citizen, idea)
    assert idea.comment_count == 1
    assert mails() == [(author.email, "Neuer Kommentar zu Ihrer Idee: Bänke an der Hase")]
    (mail,) = db.session.scalars(select(Mail))
    assert "Kiebitz" in mail.text
    assert f"http://localhost/kommentar/{comment.id}#comment-{comment.id}" in mail.text


def test_nobody_is_told_of_their_own_comment(app):
    author = a_person()
    said(author, an_idea(author=author))
    assert mails() == []


def test_who_is_answered_is_told_too(app):
    author, first, second = a_person(), a_person(), a_person()
    idea = an_idea(author=author, title="Bänke")
    parent = a_comment(idea, first)
    said(second, idea, parent=parent)
    assert mails() == [
        (first.email, "Antwort auf Ihren Kommentar: Bänke"),
        (author.email, "Neuer Kommentar zu Ihrer Idee: Bänke"),
    ]


def test_a_lively_discussion_does_not_fill_a_mailbox(app):
    idea, citizen = an_idea(), a_person()
    for number in range(15):
        said(citizen, idea, text=f"Noch ein Gedanke, Nummer {number}. @alle @alle @alle")
    assert len(mails()) == 10
    assert idea.comment_count == 15


def test_a_double_click_is_stored_once(app):
    idea, citizen = an_idea(), a_person()
    first = said(citizen, idea)
    second = said(citizen, idea, text="  Das wäre schön.\r\n")
    assert (first.id, idea.comment_count, len(mails())) == (second.id, 1, 1)


def test_the_same_words_later_or_elsewhere_are_a_new_comment(app):
    idea, citizen = an_idea(), a_person()
    first = said(citizen, idea)
    with transaction():
        first.created_at = now() - timedelta(seconds=6)
    second = said(citizen, idea)
    answer = said(citizen, idea, parent=first)
    other = said(a_person(), idea)
    assert len({first.id, second.id, answer.id, other.id}) == 4
    assert idea.comment_count == 4


def test_after_the_discussion_nothing_is_written(app):
    idea, citizen = an_idea(a_call(open_phases=("support",))), a_person()
    with pytest.raises(NotAllowed) as refusal:
        said(citizen, idea)
    assert str(refusal.value).startswith("Kommentare waren bis ")


@pytest.mark.parametrize("state", ["withdrawn", "hidden"])
def test_what_is_gone_cannot_be_answered(app, state):
    idea = an_idea()
    parent = a_comment(idea, state=state)
    with pytest.raises(NotAllowed):
        said(a_person(), idea, parent=parent)


def test_counts_follow_withdrawing_hiding_and_restoring(app):
    author, moderator = a_person(), a_person("moderator")
    idea = an_idea()
    mine, other = said(author, idea), said(a_person(), idea)
    with transaction():
        withdraw_comment_on_idea(author, comment=mine)
    assert idea.comment_count == 1
    with transaction():
        hide_comment_on_idea(moderator, comment=other, reason="Beleidigt andere Menschen.")
    assert idea.comment_count == 0
    with transaction():
        restore_comment_on_idea(moderator, comment=other)
    assert idea.comment_count == 1
    assert db.session.get(Comment, mine.id).state == "withdrawn"


def test_a_comment_that_belongs_to_no_idea_is_not_found(app):
    from ideenlab.comments.models import Thread
    from tests.factories import saved

    person = a_person("moderator")
    comment = saved(Comment(thread=Thread(), author=person, text="x", text_html="x"))
    with pytest.raises(NotFound), transaction():
        hide_comment_on_idea(person, comment=comment, reason="Gehört nirgends hin.")
