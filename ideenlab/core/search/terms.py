"""Which terms of the index stand for typed words: the word itself, compounds with it, and what differs by a typo."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from ideenlab.core.db import db
from ideenlab.core.search.models import Gram, GramCount, Term
from ideenlab.core.search.words import (
    Typed,
    distance,
    grams_of,
    has_part,
    inner_grams_of,
    typos_allowed,
)

MOST_TERMS = 400  # that stand for one word; of more, the commonest
MANY = 1_500  # terms with a group of letters: the commonest of all terms are asked in turn instead
READ_FROM = 2  # groups of letters shared with a mistyped word: with fewer a term is not read, where so many must be

# Statements are written on tables and put together once: making one costs more than running it
terms, grams, gram_counts = (model.__table__.c for model in (Term, Gram, GramCount))


class Candidate(NamedTuple):
    """A term that stands for a typed word, and in how many documents it stands."""

    id: int
    word: str
    documents: int


def terms_of(words: Sequence[Typed]) -> list[list[Candidate]]:
    """The terms of each word, the commonest first; words with a typo only where a word stands nowhere."""
    exact = _exact([word.stem for word in words])
    how_common = _how_common(set[str]().union(*(inner_grams_of(word.stem) for word in words)))
    found = [exact.get(word.stem, set()) | _compounds(word.stem, how_common) for word in words]
    return _with_typos(words, found, {place for place, some in enumerate(found) if not some})


def forgiving_terms_of(
    words: Sequence[Typed], found: Sequence[list[Candidate]], *, fewer_than: int
) -> list[list[Candidate]]:  # fmt: skip
    """What `terms_of` found, and words with a typo too for each word that stands in fewer documents than this.

    A common word is no typo, and others may have mistyped a rare one in the same way.
    """
    rare = {
        place
        for place, (word, some) in enumerate(zip(words, found, strict=True))
        if 0 < count_of(some) < fewer_than and all(is_meant(term.word, word.stem) for term in some)
    }
    return _with_typos(words, [set(some) for some in found], rare)


def count_of(some: Sequence[Candidate]) -> int:
    """In how many documents these terms stand, or fewer: one may hold several."""
    return sum(term.documents for term in some)


def is_meant(term: str, stem: str) -> bool:
    """No typo: the word itself or a compound with it."""
    return term == stem or has_part(term, stem)


def _with_typos(
    words: Sequence[Typed], found: Sequence[set[Candidate]], mistyped: set[int]
) -> list[list[Candidate]]:  # fmt: skip
    shapes = {shape for place in mistyped for shape in words[place].shapes}
    how_common = _how_common(set[str]().union(*(grams_of(shape) for shape in shapes)))
    near = {shape: _near(shape, how_common) for shape in sorted(shapes)}
    every = [
        some.union(*(near[shape] for shape in words[place].shapes)) if place in mistyped else some
        for place, some in enumerate(found)
    ]
    return [sorted(some, key=lambda term: (-term.documents, term.word))[:MOST_TERMS] for some in every]


def _read(statement: Any, **values: Any) -> list[Candidate]:
    return [Candidate._make(row) for row in db.session.connection().execute(statement, values).all()]


def _terms() -> Any:
    return select(terms.id, terms.word, terms.document_count).where(terms.document_count > 0)


def _exact(stems: Collection[str]) -> dict[str, set[Candidate]]:
    return {term.word: {term} for term in _read(_exact_statement(), stems=sorted(set(stems)))}


@cache
def _exact_statement() -> Any:
    return _terms().where(terms.word.in_(bindparam("stems", expanding=True)))


def _how_common(some: set[str]) -> dict[str, int]:
    """In how many terms each group of letters stands."""
    if not some:
        return {}
    rows = db.session.connection().execute(_counts_statement(), {"grams": sorted(some)})
    return {gram: count for gram, count in rows}


@cache
def _counts_statement() -> Any:
    counts = select(gram_counts.gram, gram_counts.term_count)
    return counts.where(gram_counts.gram.in_(bindparam("grams", expanding=True)))


def _compounds(part: str, how_common: Mapping[str, int]) -> set[Candidate]:
    """Words with this part, found by its rarest group of letters; where that is common, among the common words."""
    inner = inner_grams_of(part)
    if not inner or not inner <= how_common.keys():
        return set()
    rarest = min(inner, key=lambda gram: (how_common[gram], gram))
    # The same as `has_part`, said to the database: a common part stands in ten thousand words
    one, other = (f"{part}___%", f"%___{part}") if len(part) == 3 else (f"%{part}%", "")
    if how_common[rarest] > MANY:
        return set(_read(_compounds_statement(by_gram=False), one=one, other=other))
    return set(_read(_compounds_statement(by_gram=True), gram=rarest, one=one, other=other))


@cache
def _compounds_statement(*, by_gram: bool) -> Any:
    found = _terms().where(or_(terms.word.like(bindparam("one")), terms.word.like(bindparam("other"))))
    if by_gram:
        found = found.join_from(Gram.__table__, Term.__table__, terms.id == grams.term_id)
        found = found.where(grams.gram == bindparam("gram"))
    return found.order_by(terms.document_count.desc(), terms.id.desc()).limit(MOST_TERMS)


def _near(word: str, how_common: Mapping[str, int]) -> set[Candidate]:
    """Words that differ by a typo. It spoils at most three groups of letters, a swap four; so enough are shared,
    and leaving out the commonest groups loses nobody.
    """
    most = typos_allowed(word)
    if not most:
        return set()
    every = grams_of(word)
    shared = max(1, len(every) - 3 * most - 1)
    at_least = min(shared, READ_FROM)
    rarest = sorted(every, key=lambda gram: (how_common.get(gram, 0), gram))[: len(every) - shared + at_least]
    asked = [gram for gram in rarest if gram in how_common]
    if len(asked) < at_least:
        return set()
    lengths = {"shortest": len(word) - most, "longest": len(word) + most}
    rows = _read(_near_statement(), grams=asked, at_least=at_least, **lengths)
    return {term for term in rows if distance(word, term.word, most) <= most}


@cache
def _near_statement() -> Any:
    some = select(grams.term_id).where(grams.gram.in_(bindparam("grams", expanding=True)))
    enough = some.group_by(grams.term_id).having(func.count() >= bindparam("at_least")).subquery()
    found = _terms().join_from(enough, Term.__table__, terms.id == enough.c.term_id)
    return found.where(terms.length.between(bindparam("shortest"), bindparam("longest")))
