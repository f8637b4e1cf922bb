"""Somebody's own plan: what they put into it, where they signed up, and their hackathons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import LIVING
from ideenlab.core.db import db
from ideenlab.core.i18n import in_city_time
from ideenlab.core.security import hash_secret
from ideenlab.events.maths import overlaps
from ideenlab.events.models import CalendarLink, Event, PlanEntry, SignUp
from ideenlab.events.queries.programme import SHOWN
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import registrations_by


@dataclass(frozen=True)
class Appointment:
    """One line of a plan. `part` says how somebody takes part: `planned`, or the state of their place."""

    part: str
    event: Event | None = None
    hackathon: Hackathon | None = None

    @property
    def thing(self) -> Event | Hackathon:
        found = self.event or self.hackathon
        assert found
        return found

    @property
    def title(self) -> str:
        return self.thing.title

    @property
    def starts_at(self) -> datetime:
        return self.thing.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.thing.ends_at

    @property
    def is_cancelled(self) -> bool:
        return self.event is not None and self.event.state == "cancelled"

    @property
    def is_in_the_way(self) -> bool:
        """Whether one has to be there at these hours."""
        return not self.is_cancelled and not (self.event and lasts_days(self.event))


def lasts_days(event: Event) -> bool:
    """An exhibition over several days is visited when one has time."""
    if event.format != "exhibition":
        return False
    return in_city_time(event.starts_at).date() != in_city_time(event.ends_at).date()


def find_plan_entry(person: Person, event: Event) -> PlanEntry | None:
    return db.session.get(PlanEntry, (person.id, event.id))


def plan_of(person: Person) -> list[Appointment]:
    """Everything, in the order in which it begins. Three queries, however much it is."""
    mine = [Appointment(row.state, event=row.event) for row in _sign_ups_by(person)]
    signed_up = {row.event.id for row in mine if row.event}
    planned = [Appointment("planned", event=event) for event in _planned_by(person) if event.id not in signed_up]
    registered = [
        Appointment(row.state, hackathon=row.hackathon)
        for row in registrations_by(person)
        if row.state in LIVING and row.hackathon.published_at and not row.hackathon.rehearsal_of_id
    ]
    return sorted([*mine, *planned, *registered], key=lambda one: (one.starts_at, one.title))


def _sign_ups_by(person: Person) -> Sequence[SignUp]:
    """Also what was cancelled by the organisers: a calendar must hear that it does not take place."""
    living = and_(Event.state == "published", SignUp.state.in_(LIVING))
    chosen = select(SignUp).join(Event).where(SignUp.person_id == person.id, or_(living, Event.state == "cancelled"))
    chosen = chosen.options(contains_eager(SignUp.event).joinedload(Event.venue))
    return db.session.scalars(chosen.order_by(Event.starts_at, SignUp.id)).all()


def _planned_by(person: Person) -> Sequence[Event]:
    chosen = select(Event).join(PlanEntry, PlanEntry.event_id == Event.id)
    chosen = chosen.where(PlanEntry.person_id == person.id, Event.state.in_(SHOWN))
    return db.session.scalars(chosen.options(joinedload(Event.venue)).order_by(Event.starts_at, Event.id)).all()


def clashes_in(plan: Sequence[Appointment]) -> dict[Appointment, list[Appointment]]:
    """What lies on top of each other in a plan."""
    counted = [one for one in plan if one.is_in_the_way]
    found = overlaps([(one.starts_at, one.ends_at) for one in counted])
    return {counted[place]: [counted[other] for other in others] for place, others in found.items()}


def clashes_with(event: Event, plan: Sequence[Appointment]) -> list[Appointment]:
    """What of a plan lies at the hours of an event that is perhaps not yet in it."""
    if lasts_days(event):
        return []
    others = [one for one in plan if one.event is not event and one.is_in_the_way]
    return [one for one in others if one.starts_at < event.ends_at and event.starts_at < one.ends_at]


def find_calendar_link(person: Person) -> CalendarLink | None:
    return db.session.get(CalendarLink, person.id)


def find_person_by_calendar(secret: str) -> Person | None:
    """Whose calendar is read at this address. The secret is kept as its hash only."""
    found = db.session.scalar(
        select(CalendarLink)
        .where(CalendarLink.secret_hash == hash_secret(secret, purpose="calendar"))
        .options(joinedload(CalendarLink.person))
    )
    return found.person if found and found.person.state == "active" else None
