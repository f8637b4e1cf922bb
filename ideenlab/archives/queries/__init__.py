"""What is read: certificates, what became of prototypes, and the export of everything."""

from ideenlab.archives.queries.certificates import Prize, find_prize_of, has_check_in, prizes_of, was_thanked
from ideenlab.archives.queries.export import export_of
from ideenlab.archives.queries.notes import (
    Due,
    due_notes,
    find_note,
    get_months,
    is_shown,
    note_due_at,
    notes_of,
    organisers,
)
from ideenlab.archives.queries.sheets import certificate_sheet

__all__ = [
    "Due", "Prize", "certificate_sheet", "due_notes", "export_of", "find_note", "find_prize_of", "get_months",
    "has_check_in", "is_shown", "note_due_at", "notes_of", "organisers", "prizes_of", "was_thanked",
]  # fmt: skip
