from ideenlab.assignments.actions.answering import accept_seat, decline_seat
from ideenlab.assignments.actions.objecting import object_to_seat
from ideenlab.assignments.actions.proposing import (
    NEW_TABLE,
    Place,
    make_proposal,
    move_seat,
    places_for,
    put_aside,
    send_proposal,
)
from ideenlab.assignments.actions.wishing import MOST_FRIENDS, save_wishes

__all__ = [
    "MOST_FRIENDS", "NEW_TABLE", "Place", "accept_seat", "decline_seat", "make_proposal", "move_seat", "object_to_seat",
    "places_for", "put_aside", "save_wishes", "send_proposal",
]  # fmt: skip
