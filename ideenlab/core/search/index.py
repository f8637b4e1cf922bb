"""What stands where. One writer at a time, many documents at once; putting a document again replaces it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import bindparam, delete, insert, select, text, update

from ideenlab.core.db import db, dialect_name
from ideenlab.core.search.models import Gram, GramCount, Posting, Term
from ideenlab.core.search.words import grams_of, words_of

T = TypeVar("T")
AT_ONCE = 5_000  # values in one statement
ADVISORY_LOCK = 7_318_001


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
    table = Posting.__table__
    names = ("term_id", "group_id", "position", "document_id")
    if gone:
        this = [table.c[name] == bindparam(f"the_{name}") for name in names]
        keys = [{f"the_{name}": value for name, value in zip(names, key, strict=True)} for key in gone]
        db.session.connection().execute(delete(Posting).where(*this), keys)
    if fresh:
        rows = [dict(zip(names, key, strict=True)) for key in fresh]
        db.session.connection().execute(insert(Posting), rows)
    change = Counter(key[0] for key in fresh)
    change.subtract(key[0] for key in gone)
    _count({term_id: more for term_id, more in change.items() if more})


def _count(change: dict[int, int]) -> None:
    """Terms that change by the same number are counted in one statement."""
    same: dict[int, list[int]] = defaultdict(list)
    for term_id, more in change.items():
        same[more].append(term_id)
    for more, term_ids in sorted(same.items()):
        for some in _in_pieces(sorted(term_ids)):
            count = update(Term).where(Term.id.in_(some)).values(document_count=Term.document_count + more)
            db.session.execute(count, execution_options={"synchronize_session": False})


def _terms_for(words: set[str]) -> dict[str, int]:
    """The number of each word; words never seen before are added with their groups of letters."""
    known = _numbers_of(words)
    fresh = sorted(words - known.keys())
    if not fresh:
        return known
    db.session.connection().execute(
        insert(Term), [{"word": word, "length": len(word), "document_count": 0} for word in fresh]
    )
    added = _numbers_of(fresh)
    grams = sorted((gram, number) for word, number in added.items() for gram in grams_of(word))
    db.session.connection().execute(insert(Gram), [{"gram": gram, "term_id": number} for gram, number in grams])
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
    table = GramCount.__table__
    if fresh := [{"gram": gram, "term_count": more[gram]} for gram in sorted(more) if gram not in known]:
        db.session.connection().execute(insert(GramCount), fresh)
    if grown := [{"the_gram": gram, "more": more[gram]} for gram in sorted(known)]:
        count = update(GramCount).where(table.c.gram == bindparam("the_gram"))
        db.session.connection().execute(count.values(term_count=table.c.term_count + bindparam("more")), grown)


def _in_pieces(values: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while piece := list(islice(rest, AT_ONCE)):
        yield piece
