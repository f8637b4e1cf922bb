"""Who may do something with an event beside the organisers."""

from ideenlab.accounts.models import Person
from ideenlab.events.models import Event
from ideenlab.partners.queries import is_editor


def is_editor_of(person: Person, event: Event) -> bool:
    """Whether somebody writes for the partner that gives this event."""
    return event.partner is not None and is_editor(person, event.partner)
