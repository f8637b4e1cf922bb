from ideenlab.privacy.actions.erasing import erase_person
from ideenlab.privacy.actions.taking import as_json, stored_files, take_data

__all__ = ["as_json", "erase_person", "stored_files", "take_data"]
