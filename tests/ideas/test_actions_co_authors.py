"""Writing together: asked, agreed, declined, left; told by mail, and never named without a yes."""

import pytest
from sqlalchemy import func, select

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.ideas.actions import (
    answer_invitation,
    edit_idea,
    invite_co_author,
    leave_idea,
    remove_co_author,
    withdraw_idea,
)
from ideenlab.ideas.models import CoAuthor
from ideenlab.ideas.queries import co_authors_of, ideas_written_along, invitations_of
from ideenlab.ideas.rules import may_see_idea
from ideenlab.mail.models import Mail
from tests.factories import a_call, a_person, an_idea

NEW = {"title": "Bänke und Bäume", "text": "Mehr Bänke und Bäume an der Hase.", "topic": None}


def invite(idea, person):
    with transaction():
        return invite_co_author(idea.author, idea=idea, pseudonym=person.pseudonym)


def answer(idea, person, *, accepts=True):
    with transaction():
        answer_invitation(person, idea=idea, accepts=accepts)


def mails_to(person):
    db.session.rollback()
    return list(db.session.scalars(select(Mail.subject).where(Mail.recipient == person.email).order_by(Mail.id)))


def counted(idea):
    """The number on the idea, and the rows it counts."""
    db.session.rollback()
    db.session.refresh(idea)
    rows = select(func.count()).where(CoAuthor.idea_id == idea.id, CoAuthor.state.in_(("invited", "accepted")))
    return idea.co_author_count, db.session.scalar(rows)


def test_somebody_is_asked_and_agrees(app):
    idea, friend = an_idea(title="Bänke"), a_person(pseudonym="Müllers Kuh")
    with transaction():
        invite_co_author(idea.author, idea=idea, pseudonym=" müllers KUH ")
    assert mails_to(friend) == ["Schreiben Sie an einer Idee mit: Bänke"]
    assert [each.id for each in invitations_of(friend)] == [idea.id]
    answer(idea, friend)
    assert [(each.person.pseudonym, each.state) for each in co_authors_of(idea)] == [("Müllers Kuh", "accepted")]
    assert mails_to(idea.author) == ["Müllers Kuh schreibt an Ihrer Idee mit"]
    assert (invitations_of(friend), [each.id for each in ideas_written_along(friend)]) == ([], [idea.id])
    with transaction():
        edit_idea(friend, idea=idea, revision=1, **NEW)
    assert idea.title == "Bänke und Bäume"
    with pytest.raises(NotAllowed), transaction():
        withdraw_idea(friend, idea=idea)
    assert counted(idea) == (1, 1)


def test_an_invited_person_changes_nothing_before_the_yes(app):
    idea, friend = an_idea(), a_person()
    invite(idea, friend)
    with pytest.raises(NotAllowed), transaction():
        edit_idea(friend, idea=idea, revision=1, **NEW)


def test_whoever_declines_is_not_asked_again(app):
    idea, friend = an_idea(), a_person(pseudonym="Ruhe")
    invite(idea, friend)
    answer(idea, friend, accepts=False)
    assert counted(idea) == (0, 0)
    assert mails_to(idea.author) == ["Ruhe schreibt nicht an Ihrer Idee mit"]
    with pytest.raises(Invalid, match="Ruhe möchte nicht mitschreiben"):
        invite(idea, friend)
    with pytest.raises(NotAllowed, match="keine Einladung"):
        answer(idea, friend)


def test_people_leave_and_are_removed(app):
    idea, friend, other = an_idea(), a_person(), a_person()
    for person in (friend, other):
        invite(idea, person)
        answer(idea, person)
    with transaction():
        leave_idea(friend, idea=idea)
    with transaction():
        remove_co_author(idea.author, idea=idea, person=other)
    assert (counted(idea), co_authors_of(idea)) == ((0, 0), [])
    with pytest.raises(NotAllowed), transaction():
        edit_idea(other, idea=idea, revision=1, **NEW)
    with pytest.raises(Conflict), transaction():
        remove_co_author(idea.author, idea=idea, person=other)
    with pytest.raises(NotAllowed), transaction():
        leave_idea(friend, idea=idea)


def test_only_the_author_asks_and_removes(app):
    idea, friend = an_idea(), a_person()
    invite(idea, friend)
    answer(idea, friend)
    with pytest.raises(NotAllowed, match="Nur wer eine Idee"), transaction():
        invite_co_author(friend, idea=idea, pseudonym=a_person().pseudonym)
    with pytest.raises(NotAllowed, match="Nur wer eine Idee"), transaction():
        remove_co_author(friend, idea=idea, person=friend)


@pytest.mark.parametrize("who", ["nobody", "myself", "closed"])
def test_who_cannot_be_asked(app, who):
    idea = an_idea()
    names = {"nobody": "Gibt es nicht", "myself": idea.author.pseudonym, "closed": a_person(state="closed").pseudonym}
    sentence = "Ihr eigenes Pseudonym" if who == "myself" else "Niemand hier hat dieses Pseudonym"
    with pytest.raises(Invalid, match=sentence) as refusal, transaction():
        invite_co_author(idea.author, idea=idea, pseudonym=names[who])
    assert refusal.value.field == "pseudonym"


def test_five_write_along_and_ten_are_asked_at_most(app):
    idea = an_idea()
    for _number in range(5):
        invite(idea, a_person())
    with pytest.raises(NotAllowed, match="Höchstens 5 Personen"):
        invite(idea, a_person())
    for each in co_authors_of(idea):
        answer(idea, each.person, accepts=False)
    for _number in range(5):
        invite(idea, a_person())
    for each in co_authors_of(idea):
        answer(idea, each.person, accepts=False)
    with pytest.raises(Invalid, match="höchstens 10 Personen fragen"):
        invite(idea, a_person())
    assert counted(idea) == (0, 0)


def test_twenty_a_day_are_enough(app):
    author, call = a_person(), a_call()
    for _idea in range(4):
        idea = an_idea(call, author)
        for _number in range(5):
            invite(idea, a_person())
    with pytest.raises(Invalid, match="heute viele Personen"):
        invite(an_idea(call, author), a_person())


def test_a_call_can_do_without(app):
    idea = an_idea(a_call(takes_co_authors=False))
    with pytest.raises(NotAllowed, match="allein"):
        invite(idea, a_person())


def test_a_draft_is_seen_by_those_who_are_asked(app):
    draft, friend = an_idea(state="draft", published_at=None), a_person()
    assert not may_see_idea(friend, draft)
    invite(draft, friend)
    assert may_see_idea(friend, draft)
    answer(draft, friend, accepts=False)
    assert not may_see_idea(friend, draft)
