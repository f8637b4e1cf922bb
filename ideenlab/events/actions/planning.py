"""Somebody's own plan of the week, and the address of their calendar."""

from sqlalchemy import delete

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.security import hash_secret, new_secret
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.events.models import CalendarLink, Event, PlanEntry
from ideenlab.events.queries import find_calendar_link
from ideenlab.events.rules import may_plan_event


def plan_event(person: Person, *, event: Event) -> None:
    """Put an event into the plan. Twice is the same as once."""
    require(may_plan_event(person, event))
    insert_missing(PlanEntry, {"person_id": person.id, "event_id": event.id, "added_at": now()})


def unplan_event(person: Person, *, event: Event) -> None:
    """Take an event out of the plan, also one that is not public any more."""
    db.session.execute(delete(PlanEntry).where(PlanEntry.person_id == person.id, PlanEntry.event_id == event.id))


def make_calendar_link(person: Person) -> str:
    """The secret of a new address. One from before leads nowhere from now on."""
    secret = new_secret()
    link = find_calendar_link(person)
    if link is None:
        link = CalendarLink(person_id=person.id, secret_hash="")
        db.session.add(link)
    link.secret_hash, link.made_at = hash_secret(secret, purpose="calendar"), now()
    db.session.flush()
    return secret


def end_calendar_link(person: Person) -> None:
    db.session.execute(delete(CalendarLink).where(CalendarLink.person_id == person.id))


def forget_plan(person: Person) -> None:
    """When an account is closed: nobody plans any more, and no telephone goes on reading."""
    end_calendar_link(person)
    db.session.execute(delete(PlanEntry).where(PlanEntry.person_id == person.id))
