"""Which documents are most like a few words: not those that hold all of them, but the best overlap.

A rare word that is shared weighs more than a common one. Whole numbers decide, and ties go to the newer document, so
both databases give the same documents in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.core.search.find import FEW, _Candidate, _candidates, _newest_of_all_words, _newest_of_one_word
from ideenlab.core.search.models import Posting
from ideenlab.core.search.words import Typed, has_part, words_of_query

MOST_TYPED = 6  # words that are looked for; of more, the rarest
MOST_READ = 500  # documents that are read for one word
FEW_TERMS = 3  # that stand for a common word
MOST_COMPARED = 20_000  # documents of two common words
POOL = 120  # documents that are compared in full
FEW_FOUND = 5  # documents: with fewer, words that differ by a typo count too
SAME, PART, TYPO = 6, 5, 4  # how well a term stands for a word


@dataclass(frozen=True)
class Word:
    """A typed word: how much it weighs, and how well each term of the index stands for it."""

    weight: int
    grades: dict[str, int]
    numbers: dict[int, int] = field(repr=False)  # of the terms, with the same grades
    count: int  # documents that hold one of them, or more


@dataclass(frozen=True)
class Similar:
    """Documents with their points, the most similar first, and the words that gave them."""

    documents: list[tuple[int, int]]
    words: list[Word]

    @property
    def most(self) -> int:
        """The points of a document that holds every word as it was typed."""
        return sum(word.weight * SAME for word in self.words)


def similar_documents(text: str, *, group_id: int, size: int) -> Similar:
    """The documents of a group with the best overlap. `size` says how many there are, about."""
    words = [_weighed(typed, size) for typed in words_of_query(text)]
    words.sort(key=lambda word: (-word.weight, sorted(word.grades)))
    words = words[:MOST_TYPED]
    places: dict[int, int] = {}
    points: dict[int, dict[int, int]] = {}
    for number, word in enumerate(words):
        if word.numbers and word.count <= MOST_READ:
            _note(points, places, number, word, _postings(word.numbers, group_id))
    if len(points) < POOL:
        _note_common(points, places, words, group_id)
    pool = _best(points, places, words)[:POOL]
    _fill_in(points, pool, words, group_id)
    best = _best({number: points[number] for number in pool}, places, words)
    return Similar([(number, _sum(points[number], words)) for number in best], words)


def _weighed(typed: Typed, size: int) -> Word:
    terms = _candidates(typed, forgiving=False)
    if sum(term.count for term in terms) < FEW_FOUND:
        terms = _candidates(typed, forgiving=True)  # others may have mistyped it the same way
    grades = {term.word: _grade(term.word, typed.stem) for term in terms}
    count = sum(term.count for term in terms)
    weight = 1 + 2 * max(0, size.bit_length() - count.bit_length())
    return Word(weight, grades, {term.id: grades[term.word] for term in terms}, count)


def _grade(term: str, stem: str) -> int:
    if term == stem:
        return SAME
    return PART if has_part(term, stem) else TYPO


def _postings(numbers: Sequence[int] | dict[int, int], group_id: int) -> Any:
    rows = select(Posting.term_id, Posting.position, Posting.document_id)
    return rows.where(Posting.term_id.in_(sorted(numbers)), Posting.group_id == group_id)


def _note(
    points: dict[int, dict[int, int]], places: dict[int, int], number: int, word: Word, postings: Any
) -> None:  # fmt: skip
    for term_id, position, document_id in db.session.execute(postings):
        places[document_id] = position
        found = points.setdefault(document_id, {})
        found[number] = max(found.get(number, 0), word.numbers[term_id])


def _note_common(
    points: dict[int, dict[int, int]], places: dict[int, int], words: list[Word], group_id: int
) -> None:  # fmt: skip
    """Too few share a rare word: the newest that share the two rarest of the common ones, or the rarer of them.

    Of each word its commonest terms stand for it, and lists that would take long to compare are not compared.
    """
    common = [word for word in words if word.count > MOST_READ][:2]
    terms = [[_Candidate(number, "", FEW + 1) for number in list(word.numbers)[:FEW_TERMS]] for word in common]
    if len(terms) > 1 and sum(word.count for word in common) <= MOST_COMPARED:
        statement = _newest_of_all_words(terms, group_id, lambda number: number > 0, POOL, None)
    elif terms:
        statement = _newest_of_one_word(terms[0], group_id, lambda number: number > 0, POOL, None)
    else:
        return
    for position, document_id in db.session.execute(statement):
        places[document_id] = position
        points.setdefault(document_id, {})


def _fill_in(points: dict[int, dict[int, int]], pool: list[int], words: list[Word], group_id: int) -> None:
    """What the pool holds of the common words, which were not read."""
    common = [(number, word) for number, word in enumerate(words) if word.count > MOST_READ]
    numbers = {term_id for _number, word in common for term_id in word.numbers}
    if not (numbers and pool):
        return
    here = Posting.term_id + 0  # not by the index of terms: a common word has more documents than the pool
    held = select(Posting.term_id, Posting.document_id).where(
        Posting.document_id.in_(sorted(pool)), here.in_(sorted(numbers)), Posting.group_id == group_id
    )
    for term_id, document_id in db.session.execute(held):
        for number, word in common:
            grade = word.numbers.get(term_id, 0)
            if grade > points[document_id].get(number, 0):
                points[document_id][number] = grade


def _sum(found: dict[int, int], words: list[Word]) -> int:
    return sum(words[number].weight * grade for number, grade in found.items())


def _best(points: dict[int, dict[int, int]], places: dict[int, int], words: list[Word]) -> list[int]:
    return sorted(points, key=lambda number: (-_sum(points[number], words), -places[number], -number))
