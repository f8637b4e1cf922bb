"""Which ideas of a call look the same: found by the worker, so that the moderation need not search for them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.search import words_of
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.ideas.maths import THOUSAND, likeness
from ideenlab.ideas.models import Call, Idea, LikelyDuplicate
from ideenlab.ideas.rules import may_judge_duplicates

RARE = 12  # ideas that share a word, at most, for the word to bring two of them together
ENOUGH = 450  # thousandths of likeness
LEAST_WORDS = 4  # telling words that both must have; shorter texts are alike by chance
AT_ONCE = 500


class Pair(NamedTuple):
    first: int
    second: int
    kind: str
    likeness: int


def find_duplicates(call: Call) -> list[Pair]:
    """Pairs of published ideas: the same text, the same title, or most of their rare words; the likest first."""
    words, texts, titles = dict[int, frozenset[str]](), _Same(), _Same()
    some = select(Idea.id, Idea.title, Idea.text).where(Idea.call_id == call.id, Idea.state == "published")
    for number, title, text in db.session.execute(some.order_by(Idea.id).execution_options(yield_per=AT_ONCE)):
        words[number] = frozenset(words_of(f"{title}\n{text}"))
        texts.add(fold(text), number)
        titles.add(fold(title), number)
    counts = Counter(word for some_words in words.values() for word in some_words)
    kinds = dict.fromkeys(_sharing(words, counts), "words") | dict.fromkeys(titles.pairs(), "title")
    kinds |= dict.fromkeys(texts.pairs(), "text")
    pairs = [Pair(*pair, kind, likeness(words[pair[0]], words[pair[1]], counts)) for pair, kind in kinds.items()]
    found = [pair for pair in pairs if pair.kind != "words" or pair.likeness >= ENOUGH]
    return sorted(found, key=lambda pair: (-_weight(pair), pair.first, pair.second))


def _weight(pair: Pair) -> int:
    return THOUSAND if pair.kind == "text" else pair.likeness


class _Same:
    """Ideas under what they share."""

    def __init__(self) -> None:
        self.ideas: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, shared: str, idea: int) -> None:
        if shared:
            self.ideas[shared].append(idea)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Of many that are the same, each with the next: that is enough to join them all."""
        for some in self.ideas.values():
            yield from pairwise(some)


def _sharing(words: Mapping[int, frozenset[str]], counts: Mapping[str, int]) -> Iterable[tuple[int, int]]:
    """Two ideas that share at least two rare words: only those are compared."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, some in words.items():
        if len(some) >= LEAST_WORDS:
            for word in some:
                if 1 < counts[word] <= RARE:
                    holders[word].append(number)
    shared = Counter(pair for some in holders.values() for pair in combinations(some, 2))
    return [pair for pair, number in shared.items() if number > 1]


def store_duplicates(call: Call) -> int:
    """Find them anew; what the moderation has dismissed stays dismissed. Gives the number of pairs to look at."""
    here = select(LikelyDuplicate).where(LikelyDuplicate.call_id == call.id, LikelyDuplicate.is_dismissed)
    dismissed = {(pair.first_id, pair.second_id) for pair in db.session.scalars(here)}
    fresh = [pair for pair in find_duplicates(call) if (pair.first, pair.second) not in dismissed]
    db.session.execute(
        delete(LikelyDuplicate).where(LikelyDuplicate.call_id == call.id, LikelyDuplicate.is_dismissed.is_(False))
    )
    rows = [
        {
            "call_id": call.id, "first_id": pair.first, "second_id": pair.second, "kind": pair.kind,
            "likeness": _weight(pair),
        }
        for pair in fresh
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(LikelyDuplicate), rows)
    return len(rows)


def dismiss_duplicate(person: Person, *, pair: LikelyDuplicate) -> None:
    """Somebody looked: these are two ideas. The pair is not shown again."""
    require(may_judge_duplicates(person))
    pair.is_dismissed = True
    db.session.flush()
