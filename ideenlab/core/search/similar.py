"""Which documents are most like a few words: not those that hold all of them, but the best overlap.

A rare word that is shared weighs more than a common one. Whole numbers decide, and ties go to the newer document, so
both databases give the same documents in the same order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, select

from ideenlab.core.db import db
from ideenlab.core.search.find import Position, newest_holding, terms_held
from ideenlab.core.search.models import Posting
from ideenlab.core.search.terms import Candidate, count_of, forgiving_terms_of, terms_of
from ideenlab.core.search.words import Typed, has_part, words_of_query

MOST_TYPED = 6  # words that are looked for; of more, the rarest
MOST_READ = 500  # documents that are read for one word
STRETCHES_READ = 2  # of the documents of common words
POOL = 120  # documents that are compared in full
NEWEST = 40  # documents that share only common words
FEW_FOUND = 5  # documents: with fewer, words that differ by a typo count too
SAME, PART, TYPO = 6, 5, 4  # how well a term stands for a word


@dataclass(frozen=True)
class Word:
    """A typed word: how much it weighs, and how well each term of the index stands for it."""

    weight: int
    grades: dict[str, int]
    numbers: dict[int, int] = field(repr=False)  # of the terms, with the same grades
    count: int  # documents that hold one of them, or more
    terms: list[Candidate] = field(repr=False)


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
    words = _words(words_of_query(text), size)
    places: dict[int, int] = {}
    points: dict[int, dict[int, int]] = {}
    rare = [(number, word) for number, word in enumerate(words) if word.numbers and word.count <= MOST_READ]
    if rare:
        term_ids = {term_id for _number, word in rare for term_id in word.numbers}
        for term_id, position, document_id in (
            db.session.connection()
            .execute(_postings_statement(), {"term_ids": sorted(term_ids), "group_id": group_id})
            .all()
        ):
            places[document_id] = position
            _note(points.setdefault(document_id, {}), rare, term_id)
    if len(points) < POOL:
        for position, document_id in _newest_of_common(words, group_id):
            places[document_id] = position
            points.setdefault(document_id, {})
    pool = _best(points, places, words)[:POOL]
    _fill_in(points, pool, words)
    best = _best({number: points[number] for number in pool}, places, words)
    return Similar([(number, _sum(points[number], words)) for number in best], words)


def _words(typed: list[Typed], size: int) -> list[Word]:
    """What tells most: the rarest words."""
    terms = forgiving_terms_of(typed, terms_of(typed), fewer_than=FEW_FOUND)
    words = [_weighed(word, some, size) for word, some in zip(typed, terms, strict=True)]
    return sorted(words, key=lambda word: (-word.weight, sorted(word.grades)))[:MOST_TYPED]


def _weighed(typed: Typed, terms: list[Candidate], size: int) -> Word:
    count = count_of(terms)
    weight = 1 + 2 * max(0, size.bit_length() - count.bit_length())
    grades = {term.word: _grade(term.word, typed.stem) for term in terms}
    return Word(weight, grades, {term.id: grades[term.word] for term in terms}, count, terms)


def _grade(term: str, stem: str) -> int:
    if term == stem:
        return SAME
    return PART if has_part(term, stem) else TYPO


@cache
def _postings_statement() -> Any:
    here = Posting.__table__.c
    rows = select(here.term_id, here.position, here.document_id).where(here.group_id == bindparam("group_id"))
    return rows.where(here.term_id.in_(bindparam("term_ids", expanding=True, literal_execute=True)))


def _note(found: dict[int, int], words: list[tuple[int, Word]], term_id: int) -> None:
    """The document holds this term: the best one counts for each word."""
    for number, word in words:
        grade = word.numbers.get(term_id, 0)
        if grade > found.get(number, 0):
            found[number] = grade


def _newest_of_common(words: list[Word], group_id: int) -> list[Position]:
    """Too few share a rare word: the newest that share the two rarest of the common ones, or else the rarer of them."""
    common = [word.terms for word in words if word.count > MOST_READ][:2]
    both = list(islice(_newest(common, group_id), NEWEST)) if len(common) > 1 else []
    if len(both) < FEW_FOUND and common:
        return both + list(islice(_newest(common[:1], group_id), POOL))
    return both


def _newest(terms: list[list[Candidate]], group_id: int) -> Iterator[Position]:
    """Only in the newest stretches: a hint need not find the oldest."""
    return (hit for some in islice(newest_holding(terms, group_id), STRETCHES_READ) for hit in some)


def _fill_in(points: dict[int, dict[int, int]], pool: list[int], words: list[Word]) -> None:
    """What the pool holds of the common words, which were not read."""
    common = [(number, word) for number, word in enumerate(words) if word.count > MOST_READ]
    term_ids = {term_id for _number, word in common for term_id in word.numbers}
    if not (term_ids and pool):
        return
    for document_id, held in terms_held(pool, term_ids).items():
        for term_id in held:
            _note(points[document_id], common, term_id)


def _sum(found: dict[int, int], words: list[Word]) -> int:
    return sum(words[number].weight * grade for number, grade in found.items())


def _best(points: dict[int, dict[int, int]], places: dict[int, int], words: list[Word]) -> list[int]:
    return sorted(points, key=lambda number: (-_sum(points[number], words), -places[number], -number))
