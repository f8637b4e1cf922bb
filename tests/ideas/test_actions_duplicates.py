import itertools

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.ideas.actions.duplicates import dismiss_duplicate, find_duplicates, store_duplicates
from ideenlab.ideas.models import LikelyDuplicate
from ideenlab.ideas.queries import duplicates_of
from tests.factories import a_call, a_person, an_idea

LONG = "Zwischen Hasetor und Marktplatz fehlen überdachte Stellplätze für Lastenräder und Anhänger."


@pytest.fixture
def call(app):
    return a_call()


def kinds(call):
    return [(pair.first, pair.second, pair.kind) for pair in find_duplicates(call)]


def test_the_same_text_title_or_rare_words_make_a_pair(call):
    texts = [an_idea(call, title=f"Titel {number}", text="Mehr  BÄNKE an der Hase!") for number in (1, 2)]
    titles = [
        an_idea(call, title=title, text=text)
        for title, text in (
            ("Brunnen für den Platz", "Das kühlt im Sommer."),
            ("BRUNNEN für den Platz", "Kinder spielen gern."),
        )
    ]
    words = [
        an_idea(call, title="Stellplätze", text=LONG),
        an_idea(call, title="Überdachte Räder", text=LONG + " Bald."),
    ]
    an_idea(call, title="Ganz etwas anderes", text="Eine Bücherei mit Werkstatt am Hafen.")
    an_idea(title="Titel 1", text="Mehr Bänke an der Hase!")
    an_idea(call, title="Titel 1", text="Mehr Bänke an der Hase!", state="hidden")
    assert sorted(kinds(call)) == [
        (texts[0].id, texts[1].id, "text"), (titles[0].id, titles[1].id, "title"), (words[0].id, words[1].id, "words"),
    ]  # fmt: skip


def test_the_likest_come_first(call):
    for number in range(2):
        an_idea(call, title=f"Titel {number}", text=LONG)
        an_idea(
            call, title="Brunnen für den Platz", text=f"Grund {number}: kühler Sommer oder spielende Kinder {number}"
        )
    assert [pair.kind for pair in find_duplicates(call)] == ["text", "title"]


def test_many_of_the_same_are_a_chain_not_every_pair(call):
    ideas = [an_idea(call, title=f"Titel {number}", text="Mehr Bänke.").id for number in range(30)]
    assert kinds(call) == [(one, other, "text") for one, other in itertools.pairwise(ideas)]


def test_what_somebody_dismissed_does_not_come_back(call):
    for number in range(2):
        an_idea(call, title=f"Titel {number}", text=LONG)
    with transaction():
        assert store_duplicates(call) == 1
    [(pair, first, second)] = duplicates_of(call)
    assert (pair.likeness, first.id, second.id) == (1000, pair.first_id, pair.second_id)
    with pytest.raises(NotAllowed, match="Moderation"):
        dismiss_duplicate(a_person(), pair=pair)
    with transaction():
        dismiss_duplicate(a_person("moderator"), pair=db.session.merge(pair))
    with transaction():
        assert store_duplicates(call) == 0
    assert duplicates_of(call) == []
    assert db.session.query(LikelyDuplicate).count() == 1
