"""What may be stored: kinds by name and content, sizes, pictures, archives."""

from ideenlab.files.rules.content import may_keep
from ideenlab.files.rules.names import (
    DATA_KINDS,
    KINDS,
    LARGEST_FILE,
    Kinds,
    clean_name,
    kind_of,
    kinds_in_words,
    may_show,
    may_upload,
)

__all__ = [
    "DATA_KINDS", "KINDS", "LARGEST_FILE", "Kinds", "clean_name", "kind_of", "kinds_in_words", "may_keep", "may_show",
    "may_upload",
]  # fmt: skip
