from ideenlab.city.actions.districts import (
    LONGEST_DISTRICT,
    LONGEST_OUTLINE,
    add_district,
    edit_district,
    import_districts,
    move_district,
    remove_district,
)
from ideenlab.city.actions.glossary import LONGEST_INSTEAD, LONGEST_WORD, add_word, remove_word
from ideenlab.city.actions.settings import change_settings, keep_logo, remember, remove_logo

__all__ = [
    "LONGEST_DISTRICT", "LONGEST_INSTEAD", "LONGEST_OUTLINE", "LONGEST_WORD", "add_district", "add_word",
    "change_settings", "edit_district", "import_districts", "keep_logo", "move_district", "remember",
    "remove_district", "remove_logo", "remove_word",
]  # fmt: skip
