import random

import pytest
from sqlalchemy import func, select

from ideenlab.core.db import db, transaction
from ideenlab.core.search import (
    Document,
    GramCount,
    Posting,
    Term,
    find,
    find_documents,
    put_documents,
    remove_documents,
    terms,
)
from ideenlab.core.search.words import distance, words_of, words_of_query
from tests.core.naughty import NAUGHTY

TEXTS = {
    1: "Mehr Straßenbeleuchtung am Hasetor",
    2: "Beleuchtung für den Radweg an der Hase",
    3: "Bäume und Bänke für den Schulhof",
    4: "Ein Zebrastreifen vor der Grundschule",
    5: "Radwege ohne Baustellen, sichere Kreuzung",
    6: "Die Parade am Rathaus",
}


def every(numbers):
    return numbers


def put(texts, group_id=1):
    with transaction():
        put_documents([Document(number, group_id, number * 10, text) for number, text in texts.items()])


def found(query, *, group_id=1, limit=20, **more):
    hits = find_documents(query, group_id=group_id, visible=every, limit=limit, **more).hits
    return [number for _position, number in hits]


@pytest.fixture
def texts(app):
    put(TEXTS)


FOUND = [
    ("beleuchtung", [2, 1]),  # part of a compound
    ("Straßenbeleuchtung", [1]),
    ("STRASSENBELEUCHTUNG", [1]),
    ("strasse", [1]),
    ("Bäume", [3]),
    ("Baum", [3]),  # stem
    ("Baeume", [3]),
    ("Bank", [3]),
    ("Bänke", [3]),
    ("banke", [3]),
    ("baenke", [3]),
    ("radweg", [5, 2]),
    ("rad", [5, 2]),  # three letters at an end, so not in "Parade"
    ("schule", [4, 3]),
    ("radweg hase", [2]),  # all words
    ("radweg beleuchtung hase", [2]),
    ("radweg parade", []),
    ("der radweg an der hase", [2]),  # fillers say nothing
    ("Zebrastreifn", [4]),  # a letter lost
    ("Bleuchtung", [2]),
    ("Kruezung", [5]),  # swapped
    ("Baumhaus", []),
    ("KREUZUNG!", [5]),
    ("Kreuzung.", [5]),
    ("", []),
    ("   ", []),
    ("%", []),
    ("_", []),
    ("*", []),
    ("'", []),
    ("\\", []),
    ("(((((", []),
    ('" OR 1=1', []),
    ("x", []),
    ("Hase" * 2_500, []),
    ("\x00hase\x00", [2, 1]),
    ("İSTANBUL ığdır", []),
    ("ſchulhof", [3]),  # long s
    ("ｓｃｈｕｌｈｏｆ", [3]),  # full width
    ("Ba\u0308ume", [3]),  # umlaut in two signs
]


def test_what_is_found(texts):
    assert [(query, found(query)) for query, _hits in FOUND] == FOUND


def test_nothing_that_is_typed_breaks_the_search(texts):
    assert [query for query in NAUGHTY if not set(found(query)) <= set(TEXTS)] == []


def test_typos_are_forgiven_only_when_nothing_was_found(app):
    put({1: "Kreuzung", 2: "Kreuzang", 3: "Ampel"})
    assert found("Kreuzung") == [1]
    assert found("Kreuzong") == [2, 1]
    assert found("Amqel") == [3]
    assert found("Anqel") == []  # two typos in a short word


def test_a_typo_of_another_group_does_not_stand_in_the_way(app):
    put({1: "Kreuzung"}, group_id=1)
    put({2: "Kreuzong"}, group_id=2)
    assert found("Kreuzong", group_id=2) == [2]
    assert found("Kreuzong", group_id=1) == [1]


def test_pages_go_on_where_the_last_ended(app):
    put({number: "Ampel" if number % 3 else "Ampelanlage" for number in range(1, 61)})
    seen, before = [], None
    while True:
        page = find_documents("ampel", group_id=1, visible=every, limit=7, before=before)
        if not page.hits:
            break
        put({100 + len(seen): "Noch eine Ampel"})  # arrives meanwhile
        seen += [number for _position, number in page.hits]
        before = page.hits[-1]
    assert seen == list(range(60, 0, -1))


def test_pages_of_forgiven_typos_go_on_forgiving(app):
    put({number: "Ampelanlage" for number in range(1, 11)})
    put({99: "Ampelanalge"}, group_id=2)  # so the word as typed is known
    first = find_documents("Ampelanalge", group_id=1, visible=every, limit=6)
    assert first.forgiving
    assert found("Ampelanalge", before=first.hits[-1], forgiving=True) == [4, 3, 2, 1]
    assert found("Ampelanalge", before=first.hits[-1]) == []


def test_only_what_may_be_seen_is_found(app):
    put(dict.fromkeys(range(1, 31), "Ampel"))
    hits = find_documents(
        "ampel", group_id=1, visible=lambda numbers: {number for number in numbers if number % 2 == 0}, limit=3
    ).hits
    assert [number for _position, number in hits] == [30, 28, 26]
    hits = find_documents(
        "ampel ampeln", group_id=1, visible=lambda numbers: {number for number in numbers if number < 4}, limit=3
    ).hits
    assert [number for _position, number in hits] == [3, 2, 1]


def test_a_changed_text_is_found_by_its_new_words_only(texts):
    put({2: "Trinkbrunnen am Markt"})
    assert found("Radweg") == [5]
    assert found("trinkbrunnen") == [2]


def test_a_removed_document_is_gone(texts):
    with transaction():
        remove_documents([1, 2, 3])
    assert found("beleuchtung") == []
    assert found("schule") == [4]


def test_a_document_that_moves_to_another_place_is_sorted_anew(texts):
    with transaction():
        put_documents([Document(1, 1, 999, TEXTS[1])])
    assert found("beleuchtung") == [1, 2]


def test_every_term_counts_its_documents(texts):
    put({1: "Radweg Radweg Ampel", 7: "Radwege und Ampeln", 8: "Ampel"})
    put({8: "Ampel"})
    with transaction():
        remove_documents([5])
    counted = dict(db.session.execute(select(Posting.term_id, func.count()).group_by(Posting.term_id)).all())
    stored = db.session.execute(select(Term.id, Term.document_count)).all()
    assert {number: count for number, count in stored if count} == counted
    assert db.session.scalar(select(Term.document_count).where(Term.word == "ampel")) == 3


def test_every_group_of_letters_counts_its_terms(texts):
    put({9: "Straßenlaterne Straßenbahn"})
    words = db.session.scalars(select(Term.word)).all()
    count = db.session.scalar(select(GramCount.term_count).where(GramCount.gram == "str"))
    assert count == sum("str" in word for word in words)


def test_common_words_are_read_term_by_term(app):
    put({number: f"Ampel Ampelanlage Platz{number}" for number in range(1, 451)})
    assert found("ampel", limit=3) == [450, 449, 448]
    assert found("platz", limit=3) == [450, 449, 448]
    assert found("ampel platz449") == [449]


WORDS = ("ampel", "ampelanlage", "kreuzung", "baum", "radweg", "schulradweg", "rad")


@pytest.mark.parametrize(("stretches", "most_asked", "many"), [((2, 5), 3, 0), ((1, 2, 4), 50, 1_500), ((3,), 1, 2)])
def test_every_way_through_the_documents_finds_the_same(app, monkeypatch, stretches, most_asked, many):
    monkeypatch.setattr(find, "STRETCHES", stretches)
    monkeypatch.setattr(find, "MOST_ASKED", most_asked)
    monkeypatch.setattr(terms, "MANY", many)
    draw = random.Random(3)
    held = {number: set(draw.sample(WORDS, draw.randint(1, 4))) for number in range(1, 41)}
    with transaction():  # many at the same moment, as after an import
        put_documents([Document(number, 1, number // 7, " ".join(sorted(some))) for number, some in held.items()])
    for words in (("ampel",), ("rad",), ("ampel", "baum"), ("rad", "kreuzung", "baum"), ("schulradweg", "ampelanlage")):
        right = [
            number for number in sorted(held, reverse=True)
            if all(any(meant(typed, word) for word in held[number]) for typed in words)
        ]  # fmt: skip
        seen, before = [], None
        while page := find_documents(" ".join(words), group_id=1, visible=every, limit=4, before=before).hits:
            seen += [number for _position, number in page]
            before = page[-1]
        assert seen == right
        few = [(number // 7, number) for number in (5, 11, 20, 33)]
        assert found(" ".join(words), among=few) == [number for number in right if number in (5, 11, 20, 33)]


def meant(typed, word):
    return (
        typed in word
        if len(typed) > 3
        else word == typed or (len(word) > 5 and (word.startswith(typed) or word.endswith(typed)))
    )


def test_words_are_folded_and_stemmed():
    assert words_of("Die Radwege, Straßen & Bäume (2027)") == {"die", "radweg", "strass", "baum", "2027"}


def test_a_query_has_at_most_eight_words_of_two_hundred_characters():
    assert len(words_of_query(" ".join(f"wort{number}" for number in range(30)))) == 8
    assert words_of_query("a" * 500)[0].stem == "a" * 60
    assert [typed.stem for typed in words_of_query("der die das")] == ["der", "die", "das"]


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("ampel", "ampel", 0), ("ampel", "amepl", 1), ("ampel", "ampl", 1), ("ampel", "ampell", 1), ("ampel", "anpel", 1),
     ("beleuchtung", "beluechtun", 2), ("ampel", "brunnen", 3), ("a", "abcd", 3)],
)  # fmt: skip
def test_typos_are_counted(one, other, steps):
    assert distance(one, other, 2) == steps
