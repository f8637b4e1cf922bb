import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.history.models import Entry
from ideenlab.ideas.actions import (
    discard_draft,
    edit_idea,
    give_idea,
    hide_idea,
    publish_idea,
    restore_idea,
    withdraw_idea,
)
from ideenlab.ideas.models import Idea, IdeaVersion
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_call, a_person, a_topic, an_edition, an_idea

TEXT = "Mehr **Bänke** an der Hase."


def mails():
    db.session.rollback()
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def given(author, call, **values):
    with transaction():
        return give_idea(author, call=call, **{"title": "Bänke an der Hase", "text": TEXT, "topic": None, **values})


def test_a_citizen_writes_a_draft_and_publishes_it(app):
    author, call = a_person(), a_call()
    idea = given(author, call, topic=a_topic(call.edition, title="Umwelt"), title="  Bänke\nan der  Hase ")
    assert (idea.title, idea.state, idea.excerpt) == ("Bänke an der Hase", "draft", "Mehr Bänke an der Hase.")
    assert idea.text_html == "<p>Mehr <strong>Bänke</strong> an der Hase.</p>\n"
    assert (idea.topic.title, idea.published_at, idea.is_indexed) == ("Umwelt", None, False)
    before = now()
    with transaction():
        publish_idea(author, idea=idea, agrees_to_licence=True)
    assert idea.state == "published"
    assert before <= idea.published_at <= now()
    entries = [(entry.deed, entry.note) for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
    assert entries == [("ideas.drafted", ""), ("ideas.published", "CC BY 4.0")]


def test_nothing_is_published_without_the_licence(app):
    author = a_person()
    idea = given(author, a_call())
    with pytest.raises(Invalid) as problem, transaction():
        publish_idea(author, idea=idea, agrees_to_licence=False)
    assert problem.value.field == "agrees"
    assert db.session.get(Idea, idea.id).state == "draft"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "kurz"}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "\u200b\ufeff\u2800     "}, "title"),
        ({"text": "zu kurz"}, "text"),
        ({"text": "x" * 10_001}, "text"),
    ],
)
def test_wording_has_limits_behind_every_door(app, values, field):
    author, call = a_person(), a_call()
    with pytest.raises(Invalid) as problem:
        given(author, call, **values)
    assert problem.value.field == field


def test_the_longest_wording_is_kept_whole(app):
    idea = given(a_person(), a_call(), title="x" * 120, text="y" * 10_000)
    assert (len(idea.title), len(idea.text)) == (120, 10_000)


def test_a_topic_of_another_edition_is_refused(app):
    author, call, foreign = a_person(), a_call(), a_topic(an_edition())
    with pytest.raises(Invalid) as problem:
        given(author, call, topic=foreign)
    assert problem.value.field == "topic"


def test_what_is_typed_stays_as_it_was_typed(app):
    title = "{{7*7}} ${x} {0.__class__} %s%n =1+1 ' \" <script>"
    idea = given(a_person(), a_call(), title=title)
    assert db.session.get(Idea, idea.id).title == title


def test_after_the_collecting_nothing_is_given_or_published(app):
    author, call = a_person(), a_call(open_phases=("discuss",))
    draft = an_idea(call, author, state="draft", published_at=None)
    with pytest.raises(NotAllowed), transaction():
        give_idea(author, call=call, title="Bänke an der Hase", text=TEXT, topic=None)
    with pytest.raises(NotAllowed), transaction():
        publish_idea(author, idea=draft, agrees_to_licence=True)


def test_an_edit_keeps_how_the_idea_read_before(app):
    author = a_person()
    topic = a_topic()
    call = a_call(edition=topic.edition)
    idea = an_idea(
        call, author, title="Bänke am Fluss", text=TEXT, topic=topic, is_indexed=True, changed_at=now() - DAY
    )
    written = idea.changed_at
    with transaction():
        edit_idea(author, idea=idea, title="Bänke an der Hase", text="Und auch Bäume dazu.", topic=None, revision=1)
    assert (idea.title, idea.text_html, idea.excerpt) == (
        "Bänke an der Hase", "<p>Und auch Bäume dazu.</p>\n", "Und auch Bäume dazu.",
    )  # fmt: skip
    assert (idea.revision, idea.topic_id, idea.is_indexed) == (2, None, False)
    (old,) = db.session.scalars(select(IdeaVersion))
    assert (old.revision, old.title, old.text, old.topic_id) == (1, "Bänke am Fluss", TEXT, topic.id)
    assert old.written_at == written


def test_an_edit_that_changes_nothing_is_no_edit(app):
    author = a_person()
    idea = an_idea(author=author, text=TEXT)
    with transaction():
        edit_idea(author, idea=idea, title=idea.title, text=TEXT, topic=None, revision=1)
    assert (idea.revision, db.session.scalars(select(IdeaVersion)).all()) == (1, [])


def test_a_draft_has_no_history(app):
    author = a_person()
    idea = an_idea(author=author, state="draft", published_at=None)
    with transaction():
        edit_idea(author, idea=idea, title="Ein neuer Titel", text=TEXT, topic=None, revision=1)
    assert (idea.revision, db.session.scalars(select(IdeaVersion)).all()) == (2, [])


@pytest.mark.parametrize("revision", [0, 1, 3])
def test_an_old_revision_overwrites_nothing_and_both_texts_are_given_back(app, revision):
    author = a_person()
    idea = an_idea(author=author)
    with transaction():
        edit_idea(author, idea=idea, title="Im ersten Fenster", text="Der schnelle Text.", topic=None, revision=1)
    with pytest.raises(Conflict) as conflict, transaction():
        edit_idea(author, idea=idea, title="Im zweiten Fenster", text="Der späte Text.", topic=None, revision=revision)
    assert [text for _label, text in conflict.value.mine] == ["Im zweiten Fenster", "Der späte Text."]
    assert [text for _label, text in conflict.value.stored] == ["Im ersten Fenster", "Der schnelle Text."]
    assert db.session.get(Idea, idea.id).title == "Im ersten Fenster"


def test_nobody_edits_a_foreign_idea(app):
    idea, stranger = an_idea(), a_person("moderator")
    with pytest.raises(NotAllowed), transaction():
        edit_idea(stranger, idea=idea, title="Fremder Titel", text=TEXT, topic=None, revision=1)


def test_a_withdrawn_idea_stays_as_a_place(app):
    author = a_person()
    idea = an_idea(author=author, is_indexed=True)
    with transaction():
        withdraw_idea(author, idea=idea)
    assert (idea.state, idea.is_indexed) == ("withdrawn", False)


def test_a_discarded_draft_is_gone(app):
    author = a_person()
    idea = an_idea(author=author, state="draft", published_at=None)
    with transaction():
        discard_draft(author, idea=idea)
    assert db.session.scalars(select(Idea)).all() == []


def test_hidden_and_shown_again(app):
    """The moderation tells the author: tests/moderation."""
    moderator = a_person("moderator")
    idea = an_idea(is_indexed=True)
    with transaction():
        hide_idea(moderator, idea=idea, reason="Nennt den Namen eines Nachbarn.")
    assert (idea.state, idea.hidden_reason, idea.is_indexed) == ("hidden", "Nennt den Namen eines Nachbarn.", False)
    with transaction():
        restore_idea(moderator, idea=idea)
    assert (idea.state, idea.hidden_reason) == ("published", "")
    deeds = [entry.deed for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
    assert deeds == ["ideas.hidden", "ideas.restored"]


def test_an_imported_idea_without_author_can_be_hidden(app):
    idea, moderator = an_idea(), a_person("moderator")
    with transaction():
        idea.author_id = None
    with transaction():
        hide_idea(moderator, idea=idea, reason="Doppelt vorhanden.")
    assert (idea.state, mails()) == ("hidden", [])
