"""Who may do something with an event beside the organisers."""

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.events.models import Event
from ideenlab.partners.models import PartnerEditor


def is_editor_of(person: Person, event: Event) -> bool:
    """Whether somebody writes for the partner that gives this event."""
    if event.partner_id is None:
        return False
    mine = select(PartnerEditor.id).where(
        PartnerEditor.partner_id == event.partner_id, PartnerEditor.person_id == person.id,
        PartnerEditor.ended_at.is_(None),
    )  # fmt: skip
    return db.session.scalar(mine.limit(1)) is not None
