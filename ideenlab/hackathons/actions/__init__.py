from ideenlab.hackathons.actions.agenda import (
    Item,
    add_agenda_item,
    announce,
    edit_agenda_item,
    remove_agenda_item,
    withdraw_announcement,
)
from ideenlab.hackathons.actions.opening import copy_hackathon, publish_hackathon, unpublish_hackathon
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
    "MORE_MINUTES",
    "Item",
    "Plan",
    "add_agenda_item",
    "announce",
    "cancel_registration",
    "copy_hackathon",
    "create_hackathon",
    "edit_agenda_item",
    "edit_hackathon",
    "ended_by",
    "extend_deadline",
    "extended_moments",
    "moved_by",
    "publish_hackathon",
    "register_for_hackathon",
    "remove_agenda_item",
    "unpublish_hackathon",
    "withdraw_announcement",
]  # fmt: skip
