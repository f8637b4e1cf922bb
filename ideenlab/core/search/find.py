"""Which documents hold all words of a query: the newest first, in pages, and only those that may be seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, intersect, or_, select, union

from ideenlab.core.db import db
from ideenlab.core.search.models import Gram, GramCount, Posting, Term
from ideenlab.core.search.words import (
    Typed,
    distance,
    grams_of,
    has_part,
    inner_grams_of,
    typos_allowed,
    words_of_query,
)

MOST_COMMON_TERMS = 30  # terms for one word that are read one by one
MOST_TERMS = 400  # terms for one word
FEW = 200  # documents of a term that is read together with others

Position = tuple[int, int]
Visible = Callable[[Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Found:
    """Places and numbers of documents, and whether they were found only by forgiving typos."""

    hits: list[Position]
    forgiving: bool = False


@dataclass(frozen=True)
class _Candidate:
    """A term that stands for a typed word."""

    id: int
    word: str
    count: int


def find_documents(
    query: str, *, group_id: int, visible: Visible, limit: int, before: Position | None = None, forgiving: bool = False
) -> Found:
    """The newest documents of a group that hold every word of `query`, or a compound with it.

    Typos are forgiven where a word stands nowhere at all, and for all words when nothing was found; the next page
    (`before`: position and number of the last hit) must say which it was. `visible` gets the column of the
    document's number and says which documents count.
    """
    words = words_of_query(query)
    if not words:
        return Found([])
    if not forgiving:
        hits = _hits(words, group_id, visible, limit, before, forgiving=False)
        if hits or before:
            return Found(hits)
    return Found(_hits(words, group_id, visible, limit, before, forgiving=True), forgiving=True)


def _hits(
    words: list[Typed], group_id: int, visible: Visible, limit: int, before: Position | None, *, forgiving: bool
) -> list[Position]:
    terms = [_candidates(word, forgiving=forgiving) for word in words]
    if not all(terms):
        return []
    terms.sort(key=lambda some: sum(term.count for term in some))
    if len(terms) == 1:
        found = _newest_of_one_word(terms[0], group_id, visible, limit, before)
    else:
        found = _newest_of_all_words(terms, group_id, visible, limit, before)
    return [(position, document_id) for position, document_id in db.session.execute(found)]


def _newest_of_one_word(
    terms: list[_Candidate], group_id: int, visible: Visible, limit: int, before: Position | None
) -> Any:
    """Common terms give their newest each, in the order of the index; rare ones are read as one."""
    common = [term.id for term in terms if term.count > FEW]
    rare = [term.id for term in terms if term.count <= FEW]
    pieces = [[number] for number in common] + ([rare] if rare else [])
    parts = []
    for numbers in pieces:
        newest = _postings(numbers, group_id, before).where(visible(Posting.document_id))
        newest = newest.order_by(Posting.position.desc(), Posting.document_id.desc()).limit(limit)
        newest = newest.distinct() if len(numbers) > 1 else newest
        parts.append(select(newest.subquery()))
    every = (union(*parts) if len(parts) > 1 else parts[0]).subquery()
    return _newest(every, limit)


def _newest_of_all_words(
    terms: list[list[_Candidate]], group_id: int, visible: Visible, limit: int, before: Position | None
) -> Any:
    parts = [_postings([term.id for term in some], group_id, before) for some in terms]
    every = intersect(*parts).subquery()
    return _newest(every, limit).where(visible(every.c.document_id))


def _newest(hits: Subquery, limit: int) -> Any:
    newest = select(hits.c.position, hits.c.document_id)
    return newest.order_by(hits.c.position.desc(), hits.c.document_id.desc()).limit(limit)


def _postings(term_ids: list[int], group_id: int, before: Position | None) -> Any:
    postings = select(Posting.position, Posting.document_id).where(Posting.group_id == group_id)
    postings = postings.where(
        Posting.term_id == term_ids[0] if len(term_ids) == 1 else Posting.term_id.in_(sorted(term_ids))
    )
    return postings if before is None else postings.where(_before(Posting.position, Posting.document_id, before))


def _before(position: Any, document_id: Any, last: Position) -> ColumnElement[bool]:
    return and_(position <= last[0], or_(position < last[0], document_id < last[1]))


def _candidates(typed: Typed, *, forgiving: bool) -> list[_Candidate]:
    """The terms that stand for a typed word, the commonest first."""
    word = typed.stem
    found = {term for term in _exact(word) if term.count}
    if len(word) >= 3:
        found |= _compounds(word)
    if forgiving or not found:
        for shape in typed.shapes:
            found |= _near(shape)
    ordered = sorted(found, key=lambda term: (-term.count, term.word))
    common = [term for term in ordered if term.count > FEW][:MOST_COMMON_TERMS]
    return (common + [term for term in ordered if term.count <= FEW])[:MOST_TERMS]


def _how_common(grams: set[str]) -> dict[str, int]:
    counts = select(GramCount.gram, GramCount.term_count).where(GramCount.gram.in_(sorted(grams)))
    return {gram: count for gram, count in db.session.execute(counts)}


def _exact(word: str) -> list[_Candidate]:
    return [_Candidate(*row) for row in db.session.execute(_TERMS.where(Term.word == word))]


_TERMS = select(Term.id, Term.word, Term.document_count)


def _compounds(part: str) -> set[_Candidate]:
    """Words with this part: they have its three rarest groups of letters, the rest is read."""
    how_common = _how_common(inner_grams_of(part))
    if not inner_grams_of(part) <= how_common.keys():
        return set()
    rarest = sorted(how_common, key=lambda gram: (how_common[gram], gram))[:3]
    first = Gram.__table__.alias()
    wanted = _TERMS.join(first, first.c.term_id == Term.id).where(first.c.gram == rarest[0])
    for gram in rarest[1:]:
        other = Gram.__table__.alias()
        wanted = wanted.join(other, and_(other.c.term_id == first.c.term_id, other.c.gram == gram))
    rows = db.session.execute(wanted.where(Term.document_count > 0))
    return {_Candidate(*row) for row in rows if has_part(row[1], part)}


def _near(word: str) -> set[_Candidate]:
    """Words that differ by a typo. It spoils at most three groups of letters, a swap four; so enough are shared,
    and leaving out the commonest groups loses nobody.
    """
    most = typos_allowed(word)
    if not most:
        return set()
    grams = grams_of(word)
    how_common = _how_common(grams)
    shared = max(1, len(grams) - 3 * most - 1)
    rarest = sorted(grams, key=lambda gram: (how_common.get(gram, 0), gram))[: len(grams) - shared + 1]
    asked = [gram for gram in rarest if gram in how_common]
    if not asked:
        return set()
    some = select(Gram.term_id).where(Gram.gram.in_(asked)).distinct().subquery()
    length = Term.length.between(len(word) - most, len(word) + most)
    rows = db.session.execute(_TERMS.join(some, some.c.term_id == Term.id).where(length, Term.document_count > 0))
    return {
        _Candidate(*row)
        for row in rows
        if len(grams & grams_of(row[1])) >= shared and distance(word, row[1], most) <= most
    }
