"""What became different: exact for every pair of texts, words whole, and never slow."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.core.diff import Change, changes, shortened

WORDY = st.text(st.sampled_from("ab. \nÄ"), max_size=80)


@given(WORDY, WORDY)
def test_both_texts_can_be_read_off(before, after):
    found = changes(before, after)
    assert "".join(text for kind, text in found if kind != "new") == before
    assert "".join(text for kind, text in found if kind != "gone") == after
    assert all(text for _kind, text in found)


@given(WORDY)
def test_nothing_changed_is_one_passage(text):
    assert changes(text, text) == ([Change("same", text)] if text else [])


def test_words_stay_whole():
    assert changes("Mehr Bänke an der Hase.", "Mehr Tische an der Hase!") == [
        ("same", "Mehr "), ("gone", "Bänke"), ("new", "Tische"), ("same", " an der Hase"), ("gone", "."), ("new", "!"),
    ]  # fmt: skip


def test_neighbouring_words_change_in_one_piece():
    assert changes("Bänke am Fluss sind schön.", "Bänke an der Hase sind schön.") == [
        ("same", "Bänke "), ("gone", "am Fluss"), ("new", "an der Hase"), ("same", " sind schön."),
    ]  # fmt: skip


def test_an_inserted_passage_in_a_repeating_text_is_found():
    before = "Mehr Bänke an der Hase, damit alle sich ausruhen können. " * 170
    after = before[:3990] + "Und Mülleimer. " + before[3990:]
    assert sum(len(text) for kind, text in changes(before, after) if kind == "new") == len("Und Mülleimer. ")


NOISE = {
    "letters and blanks": "ab ",
    "signs": ".,;",
    "many symbols": [chr(number) for number in range(0x2190, 0x2BFF)],
    "many letters": [chr(number) + " " for number in range(0x4E00, 0x6000)],
}


@pytest.mark.parametrize("signs", NOISE.values(), ids=NOISE)
def test_noise_of_ten_thousand_characters_is_compared_in_few_steps(signs, monkeypatch):
    """Steps are counted, not seconds: difflib sees only small gaps, and nothing is compared more than a dozen times."""
    import ideenlab.core.diff as diff

    seen = []
    matcher, held = diff.SequenceMatcher, diff._held_by
    monkeypatch.setattr(diff, "SequenceMatcher", lambda junk, old, new, **more: (
        seen.append(len(old) * len(new)), matcher(junk, old, new, **more))[1])  # fmt: skip
    monkeypatch.setattr(diff, "_held_by", lambda old, new: (seen.append(len(old) + len(new)), held(old, new))[1])
    dice = random.Random(7)
    one, other = ("".join(dice.choice(signs) for _ in range(10_000))[:10_000] for _ in range(2))
    found = changes(one, other)
    assert "".join(text for kind, text in found if kind != "new") == one
    assert sum(seen) < 700_000


def test_long_passages_that_stayed_are_cut_to_what_stands_around_the_change():
    text = "Wort " * 200
    found = shortened(changes(text + "alt " + text, text + "neu " + text))
    assert [kind for kind, _text in found] == ["same", "gone", "new", "same"]
    assert all(len(text) < 200 for _kind, text in found)
    assert found[0].text.endswith("Wort ")
    assert "…" in found[0].text
