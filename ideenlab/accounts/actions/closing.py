"""When somebody goes, every floor above gives back what it keeps for them, in the same transaction.

The floors say how in a function of their own; `create_app` names these functions once, from the top floor down.
"""

from collections.abc import Callable

from ideenlab.accounts.models import Person

Leaving = Callable[[Person], None]
_leavings: list[Leaving] = []


def on_closing(*leavings: Leaving) -> None:
    """In this order: whoever leaves a team is free to leave the hackathon."""
    _leavings[:] = leavings


def give_everything_back(person: Person) -> None:
    """Places, teams, tasks: whatever others wait for. What somebody wrote, and what is over, stays."""
    for leave in _leavings:
        leave(person)
