import pytest

from tools.reading_ease import ease, german, sentences, syllables

COUNTED = {
    "Haus": 1, "Idee": 2, "Bürgerbeteiligung": 6, "Quelle": 2, "Häuser": 2, "Theater": 3, "Stadt": 1, "neu": 1,
    "Mail": 1, "Aa": 1, "pst": 1, "Jury": 2, "Organisation": 6, "Abstimmung": 3,
}  # fmt: skip


def test_syllables_are_groups_of_vowels():
    assert {word: syllables(word) for word in COUNTED} == COUNTED


def test_labels_are_no_sentences_and_what_is_filled_in_is_a_word():
    assert sentences("Speichern") == sentences("Alle Ideen zeigen und lesen") == []
    assert sentences("Sie haben %(num)s Ideen. Bitte lesen Sie sie alle.") == [
        "Sie haben Wort Ideen.", "Bitte lesen Sie sie alle.",
    ]  # fmt: skip


def test_the_formulas_say_what_they_say_by_hand():
    found = ease(["Der Hund bellt laut."])  # four words of one syllable, none long
    assert found.amstad == pytest.approx(180 - 4 - 58.5)
    assert found.vienna == pytest.approx(0.1672 * 4 - 3.27 - 0.875)
    assert len(german()) > 1000
