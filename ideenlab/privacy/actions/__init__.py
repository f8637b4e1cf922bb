from ideenlab.privacy.actions.erasing import erase_person
from ideenlab.privacy.actions.objecting import answer_objection, object_to
from ideenlab.privacy.actions.remembering import came_back, complete_list
from ideenlab.privacy.actions.retaining import retain, would_go
from ideenlab.privacy.actions.taking import as_json, stored_files, take_data

__all__ = [
    "answer_objection", "as_json", "came_back", "complete_list", "erase_person", "object_to", "retain",
    "stored_files", "take_data", "would_go",
]  # fmt: skip
