from ideenlab.privacy.actions.erasing import erase_person
from ideenlab.privacy.actions.remembering import came_back
from ideenlab.privacy.actions.retaining import retain, would_go
from ideenlab.privacy.actions.taking import as_json, stored_files, take_data

__all__ = ["as_json", "came_back", "erase_person", "retain", "stored_files", "take_data", "would_go"]
