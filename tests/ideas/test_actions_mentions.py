"""Who is told that they were mentioned: somebody of this discussion, once a day, and at most five in a comment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.ideas.actions import comment_on_idea, edit_comment_on_idea
from ideenlab.ideas.actions.mentions import MOST_MENTIONS, MOST_TRIED, MOST_WORDS, _beginnings, mentioned_in
from ideenlab.mail.models import Mail
from tests.factories import a_call, a_comment, a_person, an_idea


@pytest.fixture
def idea(app):
    """Anna, Anna Beispiel and Ödön take part; Fremd does not; the idea is by Ida Idee."""
    idea = an_idea(author=a_person(pseudonym="Ida Idee"))
    for name in ("Anna", "Anna Beispiel", "Ödön Müller-Groß"):
        a_comment(idea, a_person(pseudonym=name))
    a_comment(idea, a_person(pseudonym="Stiller"), state="hidden")
    a_person(pseudonym="Fremd")
    return idea


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Danke @Anna für den Hinweis", ["Anna"]),
        ("@Anna Beispiel hat recht", ["Anna Beispiel"]),
        ("@Anna, @Anna Beispiel: stimmt!", ["Anna", "Anna Beispiel"]),
        ('@"Anna Beispiel"s Idee, @„Anna“ auch', ["Anna Beispiel", "Anna"]),
        ("@ANNA @anna @Anna", ["Anna"]),
        ("wie @oedoen mueller-gross schon sagte.", ["Ödön Müller-Groß"]),
        ("@Ödön Müller-Groß!", ["Ödön Müller-Groß"]),
        ("@Ida Idee und @Fremd und @Stiller", ["Ida Idee"]),
        ("Post an anna@Anna.example", []),
        ("@ Anna, @@Anna, @", []),
        ("@Annabell", []),
        ("@Anna\nBeispiel", ["Anna"]),
        ("ganz ohne", []),
    ],
)
def test_who_is_meant(idea, text, names):
    assert [person.pseudonym for person in mentioned_in(text, idea=idea)] == names


def test_at_most_five_are_told(idea):
    for number in range(9):
        a_comment(idea, a_person(pseudonym=f"Gast{number}"))
    text = " ".join(f"@Gast{number}" for number in range(9))
    assert len(mentioned_in(text, idea=idea)) == MOST_MENTIONS
    assert mentioned_in("@nix " * MOST_TRIED + "@Anna", idea=idea) == []


@given(st.text(max_size=200))
def test_no_text_is_too_strange_and_few_names_are_tried(rest):
    assert len(list(_beginnings(rest.split("\n")[0][:60]))) <= 2 * max(MOST_WORDS, len(rest.split()))


def told(app):
    found = db.session.scalars(select(Mail).order_by(Mail.id))
    return [(mail.recipient, mail.subject) for mail in found if "erwähnt" in mail.subject]


def say(idea, text, author=None):
    with transaction():
        return comment_on_idea(author or a_person(pseudonym="Karl"), idea=idea, text=text)


def test_a_mention_is_told_once_a_day_and_never_to_oneself(app):
    idea = an_idea(title="Bänke")
    anna = a_person(pseudonym="Anna")
    a_comment(idea, anna)
    comment = say(idea, "@Anna, was meinen Sie?")
    assert told(app) == [(anna.email, "Sie werden in einem Kommentar erwähnt: Bänke")]
    say(idea, "Noch einmal, @Anna!", comment.author)
    say(idea, "Ich, @Anna, meine ja.", anna)
    with transaction():
        edit_comment_on_idea(comment.author, comment=comment, text="@Anna?", stance="pro", revision=1)
    assert len(told(app)) == 1


def test_who_is_told_anyway_gets_one_mail(app):
    author = a_person(pseudonym="Ida")
    idea = an_idea(author=author)
    say(idea, "Schöne Idee, @Ida.")
    mails = [mail.recipient for mail in db.session.scalars(select(Mail))]
    assert (mails, told(app)) == ([author.email], [])


def test_a_call_without_mentions_tells_nobody(app):
    idea = an_idea(a_call(takes_mentions=False))
    a_comment(idea, a_person(pseudonym="Anna"))
    say(idea, "@Anna?")
    assert told(app) == []
