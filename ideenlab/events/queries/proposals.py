"""Events on their way into the programme."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.events.models import Event, EventMessage
from ideenlab.partners.models import Partner, PartnerEditor

PROPOSAL_STATES = ("proposed", "returned", "published", "refused", "withdrawn", "cancelled")


def proposals(state: str = "proposed") -> Sequence[Event]:
    """What partners proposed, who waits longest first. Drafts are nobody else's business."""
    chosen = select(Event).where(Event.proposed_at.is_not(None), Event.state == state)
    chosen = chosen.options(joinedload(Event.partner), joinedload(Event.topic), joinedload(Event.edition))
    return db.session.scalars(chosen.order_by(Event.proposed_at, Event.id)).all()


def count_proposals() -> dict[str, int]:
    """How many there are in each state."""
    counted = select(Event.state, func.count()).where(Event.proposed_at.is_not(None)).group_by(Event.state)
    found = {state: number for state, number in db.session.execute(counted)}
    return {state: found.get(state, 0) for state in PROPOSAL_STATES}


def messages_of(event: Event) -> Sequence[EventMessage]:
    """Questions, answers and decisions, the oldest first."""
    chosen = select(EventMessage).where(EventMessage.event_id == event.id).options(joinedload(EventMessage.person))
    return db.session.scalars(chosen.order_by(EventMessage.written_at, EventMessage.id)).all()


def last_asked_by(event: Event) -> Person | None:
    """Who asked back last, and so wants to read the answer."""
    chosen = select(EventMessage).where(EventMessage.event_id == event.id, EventMessage.state == "returned")
    found = db.session.scalar(chosen.order_by(EventMessage.written_at.desc(), EventMessage.id.desc()).limit(1))
    return found.person if found else None


def written_for(partner: Partner) -> Sequence[Event]:
    """Everything a partner has, in whatever state, newest first. For its editors."""
    chosen = select(Event).where(Event.partner_id == partner.id).options(joinedload(Event.edition))
    return db.session.scalars(chosen.order_by(Event.starts_at.desc(), Event.id.desc())).all()


def open_proposals_of(person: Person) -> Sequence[Event]:
    """For “my area”: what the partners somebody writes for have under way, or soon."""
    mine = select(PartnerEditor.partner_id).where(
        PartnerEditor.person_id == person.id, PartnerEditor.ended_at.is_(None)
    )
    chosen = select(Event).where(Event.partner_id.in_(mine), Event.state != "withdrawn")
    chosen = chosen.options(joinedload(Event.partner))
    return db.session.scalars(chosen.order_by(Event.changed_at.desc(), Event.id.desc()).limit(20)).all()
