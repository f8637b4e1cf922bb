"""What is like a title: stems, parts of compounds, umlauts, typos; the best overlap first, on both databases."""

import pytest

from ideenlab.core.db import transaction
from ideenlab.core.search import Document, put_documents, similar_documents
from ideenlab.core.search import similar as search_similar
from ideenlab.ideas.actions.indexing import index_ideas
from ideenlab.ideas.queries import similar_ideas
from tests.factories import a_call, an_idea

TITLES = (
    "Mehr Straßenbeleuchtung am Hasetor", "Beleuchtung für den Radweg", "Bänke und Bäume am Schulhof",
    "Zebrastreifen vor der Grundschule", "Sichere Radwege zur Schule", "Ein Brunnen für den Marktplatz",
    "Radweg an der Hase verbreitern", "Fahrradabstellanlage am Bahnhof",
)  # fmt: skip


@pytest.fixture
def call(app):
    call = a_call()
    for title in TITLES:
        an_idea(call, title=title, text="Das fehlt uns allen sehr.")
    an_idea(title="Beleuchtung für den Radweg")
    for state in ("hidden", "withdrawn", "draft"):
        an_idea(call, title="Beleuchtung für den Radweg", state=state)
    with transaction():
        index_ideas()
    return call


LIKE = [
    ("Beleuchtung", ["Beleuchtung für den Radweg", "Mehr Straßenbeleuchtung am Hasetor"]),
    ("Strassenbeleuchtung", ["Mehr Straßenbeleuchtung am Hasetor"]),
    ("Bleuchtung am Hasetor", ["Mehr Straßenbeleuchtung am Hasetor"]),
    ("Bleuchtung Radweg", ["Beleuchtung für den Radweg"]),
    ("Baenke", ["Bänke und Bäume am Schulhof"]),
    ("Zebrastreifn Grundschule", ["Zebrastreifen vor der Grundschule"]),
    ("Brunen am Markt", ["Ein Brunnen für den Marktplatz"]),
    ("Abstellanlagen für Räder", ["Fahrradabstellanlage am Bahnhof"]),
    ("Radweg Hase breiter", ["Radweg an der Hase verbreitern"]),
    ("Schwimmbad", []), ("", []), ("und", []), ("!!! ???", []), ("%" * 50, []), ("x" * 5000, []),
]  # fmt: skip


def test_a_title_finds_what_is_like_it(call):
    for typed, found in LIKE:
        titles = [card.title for card in similar_ideas(call, typed)]
        assert (typed, titles[: len(found) or None]) == (typed, found)


def test_an_idea_is_not_like_itself(call):
    [first, *_rest] = similar_ideas(call, "Beleuchtung Radweg")
    assert first.title == "Beleuchtung für den Radweg"
    assert first.id not in [card.id for card in similar_ideas(call, "Beleuchtung Radweg", but=first.id)]


def put(texts):
    with transaction():
        put_documents([Document(number, 1, number * 10, text) for number, text in texts.items()])


def best(text, size=1000):
    return [number for number, _points in similar_documents(text, group_id=1, size=size).documents]


def test_a_rare_word_weighs_more_than_common_ones(app):
    put({number: "Ampel Kreuzung" for number in range(1, 41)} | {50: "Hasetor", 60: "Hasetor Ampel"})
    assert best("Ampel Hasetor")[:3] == [60, 50, 40]


def test_only_common_words_still_find_the_newest_that_share_most(app, monkeypatch):
    monkeypatch.setattr(search_similar, "MOST_READ", 10)
    put({number: "Ampel Kreuzung" if number % 3 == 0 else "Ampel" for number in range(1, 61)})
    assert best("Ampel Kreuzung")[:3] == [60, 57, 54]
    assert best("Ampel")[:3] == [60, 59, 58]


def test_equal_documents_come_newest_first(app):
    put({number: "Brunnen" for number in (3, 1, 2)})
    assert best("Brunnen") == [3, 2, 1]


def test_it_costs_the_same_for_few_and_many_ideas(call, count_queries):
    costs = []
    for more in (10, 60):
        for number in range(more):
            an_idea(call, title=f"Beleuchtung {number}", text="Das fehlt uns allen sehr.")
        with transaction():
            index_ideas()
        assert call.id
        costs.append(count_queries(lambda: similar_ideas(call, "Beleuchtung Radweg")))
    assert costs[0] == costs[1] <= 15
