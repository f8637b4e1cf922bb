"""Search by words, parts of compounds and small typos, with the same hits on SQLite and PostgreSQL.

`index` keeps what stands where, `find` reads it, `words` makes both speak of the same words. Nothing here uses what
only one of the databases can do, so that both find the same.
"""

from ideenlab.core.search.find import Found, find_documents
from ideenlab.core.search.index import Document, put_documents, remove_documents
from ideenlab.core.search.models import Gram, GramCount, Posting, Term
from ideenlab.core.search.similar import Similar, similar_documents
from ideenlab.core.search.words import words_of

__all__ = [
    "Document", "Found", "Gram", "GramCount", "Posting", "Similar", "Term", "find_documents", "put_documents",
    "remove_documents", "similar_documents", "words_of",
]  # fmt: skip
