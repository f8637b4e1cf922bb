"""What stands where. One writer at a time, many documents at once; putting a document again replaces it."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import select, text

from ideenlab.core.db import db, dialect_name
from ideenlab.core.search.models import GramCount, Posting, Term
from ideenlab.core.search.words import grams_of, words_of

T = TypeVar("T")
AT_ONCE = 5_000  # values in one statement
ADVISORY_LOCK = 7_318_001
KEY = ("term_id", "group_id", "position", "document_id")


@dataclass(frozen=True)
class Document:
    """A text, the group it is looked for in, and its place there: the newest has the highest."""

    id: int
    group_id: int
    position: int
    text: str


def become_the_only_writer() -> bool:
    """False when another worker writes the index just now. Held until the end of the transaction."""
    if dialect_name() != "postgresql":
        return True  # SQLite has one writer anyway
    return bool(db.session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK}))


def wait_to_be_the_only_writer() -> None:
    """As above, but comes back only as the only one."""
    if dialect_name() == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def put_documents(documents: Collection[Document]) -> None:
    """Index these documents as they are now. Call `become_the_only_writer` first."""
    words = {document.id: words_of(document.text) for document in documents}
    term_ids = _terms_for(set().union(*words.values()))
    wanted = {
        (term_ids[word], document.group_id, document.position, document.id)
        for document in documents
        for word in words[document.id]
    }
    _replace(_stored_postings(list(words)), wanted)


def remove_documents(document_ids: Collection[int]) -> None:
    """Forget these documents. Call `become_the_only_writer` first."""
    _replace(_stored_postings(list(document_ids)), set())


Key = tuple[int, int, int, int]


def _stored_postings(document_ids: Sequence[int]) -> set[Key]:
    stored: set[Key] = set()
    columns = select(Posting.term_id, Posting.group_id, Posting.position, Posting.document_id)
    for some in _in_pieces(document_ids):
        stored |= {(*row,) for row in db.session.execute(columns.where(Posting.document_id.in_(some)))}
    return stored


def _replace(stored: set[Key], wanted: set[Key]) -> None:
    """Write only what differs, and keep every term's number of documents with its postings."""
    gone, fresh = sorted(stored - wanted), sorted(wanted - stored)
    this = " AND ".join(f"{name} = ?" for name in KEY)
    _for_each(f"DELETE FROM search_postings WHERE {this}", gone)  # noqa: S608 (names of ours)
    _for_each(f"INSERT INTO search_postings ({', '.join(KEY)}) VALUES (?, ?, ?, ?)", fresh)  # noqa: S608
    change = Counter(key[0] for key in fresh)
    change.subtract(key[0] for key in gone)
    counts = sorted((more, term_id) for term_id, more in change.items() if more)
    _for_each("UPDATE search_terms SET document_count = document_count + ? WHERE id = ?", counts)
    _drop_unused([term_id for more, term_id in counts if more < 0])


def _drop_unused(term_ids: Sequence[int]) -> None:
    """A word that stands nowhere any more is not kept: it may be one that had to be blackened."""
    for some in _in_pieces(sorted(term_ids)):
        unused = select(Term.id, Term.word).where(Term.id.in_(some), Term.document_count <= 0)
        words = {number: word for number, word in db.session.execute(unused)}
        grams = sorted((gram, number) for number, word in words.items() for gram in grams_of(word))
        _for_each("DELETE FROM search_grams WHERE gram = ? AND term_id = ?", grams)
        fewer = sorted((number, gram) for gram, number in Counter(gram for gram, _number in grams).items())
        _for_each("UPDATE search_gram_counts SET term_count = term_count - ? WHERE gram = ?", fewer)
        _for_each("DELETE FROM search_terms WHERE id = ?", [(number,) for number in words])


def _for_each(statement: str, rows: Sequence[tuple[int | str, ...]]) -> None:
    """One statement for many rows, straight to the driver: an import brings hundreds of thousands."""
    if rows:
        statement = statement.replace("?", "%s") if dialect_name() == "postgresql" else statement
        db.session.connection().exec_driver_sql(statement, list(rows))


def _terms_for(words: set[str]) -> dict[str, int]:
    """The number of each word; words never seen before are added with their groups of letters."""
    known = _numbers_of(words)
    fresh = sorted(words - known.keys())
    if not fresh:
        return known
    words_to_add = [(word, len(word)) for word in fresh]
    _for_each("INSERT INTO search_terms (word, length, document_count) VALUES (?, ?, 0)", words_to_add)
    added = _numbers_of(fresh)
    grams = sorted((gram, number) for word, number in added.items() for gram in grams_of(word))
    _for_each("INSERT INTO search_grams (gram, term_id) VALUES (?, ?)", grams)
    _count_grams(Counter(gram for gram, _number in grams))
    return known | added


def _numbers_of(words: Collection[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for some in _in_pieces(sorted(words)):
        numbers |= {word: number for word, number in db.session.execute(_NUMBERS.where(Term.word.in_(some)))}
    return numbers


_NUMBERS = select(Term.word, Term.id)


def _count_grams(more: Counter[str]) -> None:
    known: set[str] = set()
    for some in _in_pieces(sorted(more)):
        known |= set(db.session.scalars(select(GramCount.gram).where(GramCount.gram.in_(some))))
    fresh = [(gram, more[gram]) for gram in sorted(more) if gram not in known]
    _for_each("INSERT INTO search_gram_counts (gram, term_count) VALUES (?, ?)", fresh)
    grown = [(more[gram], gram) for gram in sorted(known)]
    _for_each("UPDATE search_gram_counts SET term_count = term_count + ? WHERE gram = ?", grown)


def _in_pieces(values: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while piece := list(islice(rest, AT_ONCE)):
        yield piece
