"""Everything that will happen in a hackathon happens once with people who are made up, and is wiped whole."""

from ideenlab.rehearsals.actions.starting import start_rehearsal
from ideenlab.rehearsals.actions.steps import take_next_step
from ideenlab.rehearsals.actions.wiping import wipe_rehearsal

__all__ = ["start_rehearsal", "take_next_step", "wipe_rehearsal"]
