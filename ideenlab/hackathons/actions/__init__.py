from ideenlab.hackathons.actions.planning import (
    MORE_MINUTES,
    Plan,
    create_hackathon,
    edit_hackathon,
    ended_by,
    extend_deadline,
    extended_moments,
    moved_by,
)
from ideenlab.hackathons.actions.registering import cancel_registration, register_for_hackathon

__all__ = [
    "MORE_MINUTES", "Plan", "cancel_registration", "create_hackathon", "edit_hackathon", "ended_by", "extend_deadline",
    "extended_moments", "moved_by", "register_for_hackathon",
]  # fmt: skip
