"""A team writes its draft, adds files and hands in."""

from ideenlab.prototypes.actions.draft import Clash, DraftText, cleaned, save_draft
from ideenlab.prototypes.actions.files import (
    add_file,
    add_piece,
    begin_upload,
    check_upload,
    finish_upload,
    forget_dissolved,
    remove_file,
)
from ideenlab.prototypes.actions.gallery import close_gallery, open_gallery, order_gallery
from ideenlab.prototypes.actions.hand_in import add_imported_prototype, hand_in
from ideenlab.prototypes.actions.hiding import hide_prototype, restore_prototype
from ideenlab.prototypes.actions.permits import end_late_permit, give_late_permit
from ideenlab.prototypes.actions.screenshots import (
    add_screenshot,
    describe_screenshot,
    forget_screenshots_of_dissolved,
    move_screenshot_forward,
    remove_screenshot,
)

__all__ = [
    "Clash", "DraftText", "add_file", "add_imported_prototype", "add_piece", "add_screenshot", "begin_upload",
    "check_upload", "cleaned", "close_gallery", "describe_screenshot", "end_late_permit", "finish_upload",
    "forget_dissolved", "forget_screenshots_of_dissolved", "give_late_permit", "hand_in", "hide_prototype",
    "move_screenshot_forward", "open_gallery", "order_gallery", "remove_file", "remove_screenshot",
    "restore_prototype", "save_draft",
]  # fmt: skip
