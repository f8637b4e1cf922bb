from ideenlab.operating.actions.archive import Broken, Refused
from ideenlab.operating.actions.backing_up import Packed, back_up
from ideenlab.operating.actions.noting import note_runs
from ideenlab.operating.actions.restoring import Unpacked, restore, whole_or_nothing

__all__ = ["Broken", "Packed", "Refused", "Unpacked", "back_up", "note_runs", "restore", "whole_or_nothing"]
