"""How hard our German sentences are to read: a report, and no gate.

Two formulas over every whole sentence of the German catalogue, so over all pages and mails:

* Flesch in Amstad's form for German, 180 − words per sentence − 58.5 · syllables per word. Above 60 is plain.
* First Wiener Sachtextformel, a school year: 0.1935 · words of three syllables and more in % + 0.1672 · words per
  sentence + 0.1297 · words of more than six letters in % − 0.0327 · words of one syllable in % − 0.875.

Labels and buttons are left out, as they are no sentences; what is filled in counts as a short word. Syllables are
counted by groups of vowels, two of which make one syllable where German says so (`au`, `ei`, `ie`, `aa`, `qu` …):
right for nine words of ten, and the same for every sentence, which is enough to compare them.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

sys.path.insert(0, str(Path(__file__).parent.parent))

CATALOGUE = Path(__file__).parent.parent / "ideenlab" / "translations" / "de" / "LC_MESSAGES" / "messages.po"
ONE_SYLLABLE = ("äu", "ai", "au", "ay", "ei", "eu", "ey", "ie", "oi", "aa", "ee", "oo", "ou")
VOWELS = "aeiouyäöüáàéèêëîïóôú"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SHORTEST = 4  # words; less is a label
HARDEST, LONG_ENOUGH = 20, 7  # of so many words: in shorter ones a single long word decides


def syllables(word: str) -> int:
    """`Bürgerbeteiligung` has six."""
    word, count, place = word.lower().replace("qu", "q"), 0, 0
    while place < len(word):
        if word[place] not in VOWELS:
            place += 1
            continue
        count += 1
        place += 2 if word[place : place + 2] in ONE_SYLLABLE else 1
    return max(1, count)


def sentences(text: str) -> list[str]:
    """The whole sentences of a text of ours."""
    text = re.sub(r"%\(\w+\)s", "Wort", text)
    text = re.sub(r"https?://\S+|\S+@\S+|<[^>]*>", "Wort", text)
    pieces = re.split(r"(?<=[.!?:])\s+(?=[\W\d]*[A-ZÄÖÜ])", text.strip())
    return [piece for piece in pieces if piece[-1:] in ".!?:“)" and len(WORD.findall(piece)) >= SHORTEST]


@dataclass(frozen=True)
class Ease:
    """Both figures of a text."""

    amstad: float
    vienna: float
    words: int


def ease(texts: list[str]) -> Ease:
    """Of all these sentences together."""
    words = [word for text in texts for word in WORD.findall(text)]
    counts = [syllables(word) for word in words]
    length = len(words) / len(texts)
    long, wide = 100 * sum(count >= 3 for count in counts), 100 * sum(len(word) > 6 for word in words)
    single = 100 * counts.count(1)
    vienna = 0.1935 * long / len(words) + 0.1672 * length + 0.1297 * wide / len(words) - 0.0327 * single / len(words)
    return Ease(180 - length - 58.5 * sum(counts) / len(words), vienna - 0.875, len(words))


def german() -> list[str]:
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="de")
    texts = [text for message in catalogue for text in _texts(message.string) if message.id]
    return list(dict.fromkeys(sentence for text in texts for sentence in sentences(text)))


def _texts(string: object) -> list[str]:
    return [string] if isinstance(string, str) else list(string) if isinstance(string, list | tuple) else []


def main() -> None:
    found = german()
    whole = ease(found)
    print(f"German sentences: {len(found)}, {whole.words} words, {whole.words / len(found):.1f} words a sentence")
    print(f"Flesch (Amstad) {whole.amstad:.0f} · Wiener Sachtextformel {whole.vienna:.1f} (school year)")
    if "--brief" in sys.argv:
        return
    print(f"\nThe {HARDEST} hardest:")
    long = [text for text in found if len(WORD.findall(text)) >= LONG_ENOUGH]
    for text in sorted(long, key=lambda text: ease([text]).amstad)[:HARDEST]:
        print(f"{ease([text]).amstad:5.0f}  {text}")


if __name__ == "__main__":
    main()
