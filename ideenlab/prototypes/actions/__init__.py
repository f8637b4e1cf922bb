"""A team writes its draft, adds files and hands in."""

from ideenlab.prototypes.actions.draft import DraftText, save_draft
from ideenlab.prototypes.actions.files import (
    add_file,
    add_piece,
    begin_upload,
    check_upload,
    finish_upload,
    forget_dissolved,
    remove_file,
)
from ideenlab.prototypes.actions.hand_in import add_imported_prototype, hand_in
from ideenlab.prototypes.actions.hiding import hide_prototype, restore_prototype

__all__ = [
    "DraftText",
    "add_file",
    "add_imported_prototype",
    "add_piece",
    "begin_upload",
    "check_upload",
    "finish_upload",
    "forget_dissolved",
    "hand_in",
    "hide_prototype",
    "remove_file",
    "restore_prototype",
    "save_draft",
]  # fmt: skip
