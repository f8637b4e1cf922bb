from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.db import Model

LONGEST_WORD = 60


class Term(Model):
    """A folded and stemmed word and in how many documents it stands."""

    __tablename__ = "search_terms"
    __table_args__ = (
        UniqueConstraint("word"),
        Index("ix_search_terms_commonest", "document_count", "id", "word"),  # read from its end: the commonest first
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(LONGEST_WORD))
    length: Mapped[int]
    document_count: Mapped[int] = mapped_column(default=0)


class Gram(Model):
    """Three letters of a term."""

    __tablename__ = "search_grams"
    __table_args__ = ({"sqlite_with_rowid": False},)

    gram: Mapped[str] = mapped_column(String(3), primary_key=True)
    term_id: Mapped[int] = mapped_column(primary_key=True)


class GramCount(Model):
    """How many terms have these three letters: the rarest are asked first."""

    __tablename__ = "search_gram_counts"

    gram: Mapped[str] = mapped_column(String(3), primary_key=True)
    term_count: Mapped[int]


class Posting(Model):
    """A term stands in a document of a group (for now, an idea of a call).

    `position` is the document's place in its group, the newest highest: the hits of a word are read in that order.
    """

    __tablename__ = "search_postings"
    __table_args__ = (
        Index("ix_search_postings_document_id_term_id", "document_id", "term_id"),
        {"sqlite_with_rowid": False},
    )

    term_id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
