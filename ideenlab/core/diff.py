"""What became different from one text to another, word by word.

Words that stand once in both texts hold the comparison (the longest row of them that keeps its order), and difflib
looks only into the small gaps between. So the time grows with n·log n, whatever somebody types.
"""

import re
from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
SMALL = 40  # words of a gap that difflib compares
DEEPEST = 12


class Change(NamedTuple):
    kind: str  # same, gone, new
    text: str


def changes(before: str, after: str) -> list[Change]:
    """Both texts as one row of passages: without the new ones it reads as before, without the gone ones as after."""
    row: list[tuple[str, list[str]]] = []
    _compare(WORDS.findall(before), WORDS.findall(after), row, DEEPEST)
    return _joined(row)


def _compare(old: list[str], new: list[str], row: list[tuple[str, list[str]]], deep: int) -> None:
    begin = _same_beginning(old, new)
    row.append(("same", old[:begin]))
    old, new = old[begin:], new[begin:]
    end = _same_beginning(old[::-1], new[::-1])
    tail = old[len(old) - end :]
    old, new = old[: len(old) - end], new[: len(new) - end]
    _compare_middle(old, new, row, deep)
    row.append(("same", tail))


def _same_beginning(old: list[str], new: list[str]) -> int:
    return next((number for number, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
                min(len(old), len(new)))  # fmt: skip


def _compare_middle(old: list[str], new: list[str], row: list[tuple[str, list[str]]], deep: int) -> None:
    if len(old) <= SMALL and len(new) <= SMALL:
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            row += [("same", old[i:j])] if kind == "equal" else [("gone", old[i:j]), ("new", new[k:m])]
        return
    held = _held_by(old, new) if deep else []
    if not held:
        row += [("gone", old), ("new", new)]
        return
    at, there = 0, 0
    for one, other in held:
        _compare(old[at:one], new[there:other], row, deep - 1)
        row.append(("same", [old[one]]))
        at, there = one + 1, other + 1
    _compare(old[at:], new[there:], row, deep - 1)


def _held_by(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Places of the words that stand once in both: the longest row of them that keeps its order ("patience")."""
    once, twice = Counter(old), Counter(new)
    places = {word: number for number, word in enumerate(new) if once[word] == 1 == twice[word]}
    pairs = [(number, places[word]) for number, word in enumerate(old) if word in places]
    ends: list[int] = []  # the smallest end of a row of each length
    last: list[int] = []  # and which pair that is
    before: list[int] = []
    for number, (_old, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length], last[length] = place, number
    held, number = [], last[-1] if last else -1
    while number >= 0:
        held.append(pairs[number])
        number = before[number]
    return held[::-1]


def _joined(row: list[tuple[str, list[str]]]) -> list[Change]:
    """Passages of a kind in one; between two changes a lone blank belongs to them, so that words stay together."""
    found: list[Change] = []
    gone, new = "", ""
    pieces = [(kind, "".join(words)) for kind, words in row if words]
    for number, (kind, text) in enumerate(pieces):
        between = kind == "same" and text == " " and (gone or new) and number + 1 < len(pieces)
        if between and pieces[number + 1][0] != "same":
            gone, new = gone + text, new + text
        elif kind == "same":
            found += [*_both(gone, new), Change("same", text)]
            gone, new = "", ""
        else:
            gone, new = gone + text * (kind == "gone"), new + text * (kind == "new")
    return _merged([*found, *_both(gone, new)])


def _both(gone: str, new: str) -> list[Change]:
    return [change for change in (Change("gone", gone), Change("new", new)) if change.text]


def _merged(found: list[Change]) -> list[Change]:
    merged: list[Change] = []
    for change in found:
        if merged and merged[-1].kind == change.kind == "same":
            merged[-1] = Change("same", merged[-1].text + change.text)
        else:
            merged.append(change)
    return merged


def shortened(found: list[Change], around: int = 120) -> list[Change]:
    """Long passages that stayed the same, cut to what stands around the changes."""
    cut = []
    for number, (kind, text) in enumerate(found):
        head = text[:around].rsplit(" ", 1)[0] if number else ""
        tail = text[-around:].split(" ", 1)[-1] if number < len(found) - 1 else ""
        cut.append(Change(kind, f"{head} … {tail}" if kind == "same" and len(text) > 2 * around + 20 else text))
    return cut
