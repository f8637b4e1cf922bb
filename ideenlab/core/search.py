"""Search by words, parts of compounds and small typos, with the same hits on SQLite and PostgreSQL."""

from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ideenlab.core.db import Model


class Term(Model):
    """A folded and stemmed word and in how many documents it stands."""

    __tablename__ = "search_terms"
    __table_args__ = (UniqueConstraint("word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(60))
    length: Mapped[int]
    document_count: Mapped[int] = mapped_column(default=0)


class Gram(Model):
    """Three letters of a term."""

    __tablename__ = "search_grams"

    gram: Mapped[str] = mapped_column(String(3), primary_key=True)
    term_id: Mapped[int] = mapped_column(primary_key=True)


class Posting(Model):
    """A term stands in a document (for now, an idea of a call)."""

    __tablename__ = "search_postings"
    __table_args__ = (Index("ix_search_postings_document_id", "document_id"),)

    term_id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
