"""Which documents hold all words of a query: the newest first, in pages, and only those that may be seen.

The documents of the rarest word are gone through from the newest on, a stretch at a time, and ask what else they
hold: a page needs few of them. When that does not fill it, what is left of all words is cut at once.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, desc, intersect, select, tuple_

from ideenlab.core.db import db
from ideenlab.core.search.models import Posting
from ideenlab.core.search.terms import Candidate, count_of, forgiving_terms_of, terms_of
from ideenlab.core.search.words import words_of_query

STRETCHES = (100, 600, 3_600)  # documents of the commonest term; after them, all that are left
MOST_ASKED = 1_500  # documents of the rarest word that are asked one by one for the others
AT_ONCE = 5_000  # values in one statement
COMMON = 200  # documents; a word that stands in so many was not mistyped

Position = tuple[int, int]
Visible = Callable[[Collection[int]], Collection[int]]

postings = Posting.__table__.c
place = tuple_(postings.position, postings.document_id)


@dataclass(frozen=True)
class Found:
    """Places and numbers of documents, and whether they were found only by forgiving typos."""

    hits: list[Position]
    forgiving: bool = False


def find_documents(
    query: str, *, group_id: int, visible: Visible, limit: int, before: Position | None = None, forgiving: bool = False,
    among: Sequence[Position] | None = None,
) -> Found:  # fmt: skip
    """The newest documents of a group that hold every word of `query`, or a compound with it.

    Typos are forgiven where a word stands nowhere at all, and for all rare words when nothing was found; the next
    page (`before`: position and number of the last hit) must say which it was. `visible` says which of some numbers
    count. Where only a few documents do, `among` names them all, and only those are looked at.
    """
    words = words_of_query(query)
    terms = terms_of(words)
    if not words or not all(terms):
        return Found([])
    look = partial(_hits, group_id=group_id, visible=visible, limit=limit, before=before, among=among)
    if not forgiving:
        hits = look(terms)
        if hits or before:
            return Found(hits)
    more = forgiving_terms_of(words, terms, fewer_than=COMMON)
    return Found(look(more) if forgiving or more != terms else [], forgiving=True)


def _hits(
    terms: list[list[Candidate]], *, group_id: int, visible: Visible, limit: int, before: Position | None,
    among: Sequence[Position] | None,
) -> list[Position]:  # fmt: skip
    if among is None:
        held = newest_holding(terms, group_id, before)
    else:
        newest = sorted((hit for hit in among if before is None or hit < before), reverse=True)
        held = (_holding(some, terms) for some in _pieces(newest))
    seen = (hit for some in held for hit in _visible(some, visible))
    return list(islice(seen, limit))


def newest_holding(
    terms: Sequence[list[Candidate]], group_id: int, before: Position | None = None
) -> Iterator[list[Position]]:  # fmt: skip
    """The documents that hold a term for each word, the newest first, in stretches."""
    rarest, *others = sorted(terms, key=count_of)
    for stretch in STRETCHES:
        end = _end_of(stretch, rarest, group_id, before)
        if others and end and stretch > MOST_ASKED:
            break
        some = _of_word(rarest, group_id, before, end)
        if others and len(some) > MOST_ASKED:
            break
        yield from (_holding(piece, others) for piece in _pieces(some))
        if end is None:
            return
        before = end
    yield from _pieces(_of_all(terms, group_id, before))


def _end_of(stretch: int, terms: list[Candidate], group_id: int, before: Position | None) -> Position | None:
    """Where a stretch of about so many documents ends; None where there are not so many."""
    if count_of(terms) <= stretch:
        return None
    row = db.session.connection().execute(
        _nth_statement(goes_on=before is not None),
        {"term_id": terms[0].id, "group_id": group_id, "skipped": stretch - 1, **_after(before)},
    ).first()  # fmt: skip
    return None if row is None else (row[0], row[1])


def _after(before: Position | None) -> dict[str, int]:
    return {} if before is None else {"before_position": before[0], "before_number": before[1]}


def _places(*, goes_on: bool) -> Any:
    some = select(postings.position, postings.document_id).where(postings.group_id == bindparam("group_id"))
    return some.where(place < _place("before")) if goes_on else some


def _place(name: str) -> Any:
    position, number = postings.position.type, postings.document_id.type
    return tuple_(bindparam(f"{name}_position", type_=position), bindparam(f"{name}_number", type_=number))


def _newest_first(statement: Any) -> Any:
    return statement.order_by(postings.position.desc(), postings.document_id.desc())


@cache
def _nth_statement(*, goes_on: bool) -> Any:
    some = _places(goes_on=goes_on).where(postings.term_id == bindparam("term_id"))
    return _newest_first(some).limit(1).offset(bindparam("skipped"))


def _of_word(
    terms: list[Candidate], group_id: int, before: Position | None, end: Position | None
) -> list[Position]:  # fmt: skip
    values = {"term_ids": sorted(term.id for term in terms), "group_id": group_id, **_after(before)}
    if end:
        values |= {"end_position": end[0], "end_number": end[1]}
    statement = _word_statement(goes_on=before is not None, ends=end is not None)
    return [(position, number) for position, number in db.session.connection().execute(statement, values).all()]


@cache
def _word_statement(*, goes_on: bool, ends: bool) -> Any:
    some = _places(goes_on=goes_on).where(
        postings.term_id.in_(bindparam("term_ids", expanding=True, literal_execute=True))
    )
    some = some.where(place >= _place("end")) if ends else some
    return _newest_first(some.distinct())


def _of_all(terms: Sequence[list[Candidate]], group_id: int, before: Position | None) -> list[Position]:
    places = _places(goes_on=before is not None)
    parts = [places.where(postings.term_id.in_(sorted(term.id for term in some))) for some in terms]
    every: Any = intersect(*parts) if len(parts) > 1 else parts[0].distinct()
    newest = every.order_by(desc("position"), desc("document_id"))
    rows = db.session.connection().execute(newest, {"group_id": group_id, **_after(before)}).all()
    return [(position, number) for position, number in rows]


def _holding(hits: list[Position], words: Sequence[list[Candidate]]) -> list[Position]:
    """Those of the documents that hold a term for each of these words."""
    if not (hits and words):
        return hits
    held = terms_held([number for _position, number in hits], {term.id for some in words for term in some})
    wanted = [{term.id for term in some} for some in words]
    return [hit for hit in hits if all(not some.isdisjoint(held.get(hit[1], ())) for some in wanted)]


def terms_held(document_ids: Collection[int], term_ids: Collection[int]) -> dict[int, set[int]]:
    """Which of these terms each of these documents holds."""
    held: dict[int, set[int]] = {}
    values = {"document_ids": sorted(document_ids), "term_ids": sorted(term_ids)}
    for number, term_id in db.session.connection().execute(_held_statement(), values).all():
        held.setdefault(number, set()).add(term_id)
    return held


@cache
def _held_statement() -> Any:
    here = postings.term_id + 0  # not by the index of terms: a common word has more documents than are asked about
    held = select(postings.document_id, postings.term_id)
    return held.where(
        postings.document_id.in_(bindparam("document_ids", expanding=True, literal_execute=True)),
        here.in_(bindparam("term_ids", expanding=True, literal_execute=True)),
    )


def _visible(hits: list[Position], visible: Visible) -> list[Position]:
    seen = visible([number for _position, number in hits]) if hits else ()
    return [hit for hit in hits if hit[1] in seen]


def _pieces(hits: list[Position]) -> Iterator[list[Position]]:
    for first in range(0, len(hits), AT_ONCE):
        yield hits[first : first + AT_ONCE]
