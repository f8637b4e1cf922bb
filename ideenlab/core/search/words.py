"""From text to the words that are looked for: folded, stemmed, and in groups of three letters."""

import re
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from snowballstemmer.german_stemmer import GermanStemmer

from ideenlab.core.search.models import LONGEST_WORD
from ideenlab.core.text import fold

LONGEST_QUERY = 200  # characters
MOST_WORDS = 8  # of a query
WORD = re.compile(r"[^\W_]+")
# Say nothing in a query as long as another word does
FILLERS = frozenset(
    WORD.findall(
        "aber als am an auch auf aus bei beim bis da das dass dem den der des die ein eine einem einen einer "
        "eines er es fuer hat ich im in ist ja man mit nach nicht noch nur ob oder sich sie sind so ueber um "
        "und uns vom von vor was wenn wer wie wir wird wo zu zum zur the of and or for"
    )
)
ENDINGS = ("ungen", "ung", "en", "er", "es", "e", "n", "s")  # longest first

_stemmer, _one_at_a_time = GermanStemmer(), Lock()  # the stemmer keeps the word it works on in itself


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a folded word: `radwege` and `radweg` are one, and so are `bänke`, `baenke` and `banke`."""
    with _one_at_a_time:
        return str(_stemmer.stemWord(word[:LONGEST_WORD]))


def words_of(text: str) -> set[str]:
    """Every word of a document, stemmed. Words longer than 60 characters count by their beginning."""
    return {stem(word) for word in WORD.findall(fold(text))}


class Typed(NamedTuple):
    """A word of a query: its stem, and the shapes in which it may stand with a typo."""

    stem: str
    shapes: tuple[str, ...]


def words_of_query(text: str) -> list[Typed]:
    """The words that must all be there: the first eight, each once, without fillers unless there is nothing else."""
    typed = WORD.findall(fold(text[:LONGEST_QUERY]))
    telling = [word for word in typed if word not in FILLERS] or typed
    words = {stem(word): word for word in reversed(telling)}
    return [Typed(short, _shapes(short, words[short])) for short in reversed(words)][:MOST_WORDS]


def _shapes(short: str, word: str) -> tuple[str, ...]:
    """A typo can keep the stemmer from taking off an ending: `bleuchtung` stays whole, `beleuchtung` does not."""
    word = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")[:LONGEST_WORD]
    ending = next((ending for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) >= 4), "")
    return tuple(dict.fromkeys((short, word.removesuffix(ending))))


def grams_of(word: str) -> set[str]:
    """Groups of three letters, with the word's two ends marked."""
    marked = f"^{word}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


def inner_grams_of(part: str) -> set[str]:
    """The groups that every word has in which `part` stands."""
    return {part[at : at + 3] for at in range(len(part) - 2)}


def has_part(word: str, part: str) -> bool:
    """Whether a compound holds this part. Three letters count at an end only: `rad` is in `radweg`, not in `parade`."""
    if len(part) > 3:
        return part in word
    return len(word) >= len(part) + 3 and (word.startswith(part) or word.endswith(part))


def typos_allowed(word: str) -> int:
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2


def distance(one: str, other: str, most: int) -> int:
    """Letters changed, added, lost or swapped with their neighbour (optimal string alignment); `most + 1` if more."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1  # quickly, for nearly all that are asked about
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, sign in enumerate(other, 1):
            steps = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != sign))
            if before and column > 1 and letter == other[column - 2] and one[row - 2] == sign:
                steps = min(steps, before[column - 2] + 1)
            line.append(steps)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]
