"""Organisers plan an event, editors write on their drafts. A move is told by `moving`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, fold, render_markdown
from ideenlab.core.verdict import require
from ideenlab.core.weblinks import clean_link, may_link
from ideenlab.events.actions.moving import WHEN_AND_WHERE
from ideenlab.events.actions.telling import tell_editors
from ideenlab.events.models import Event, EventPartner, EventSeries, Venue
from ideenlab.events.queries import further_partners_of, series_of
from ideenlab.events.rules import (
    may_edit_event,
    may_manage_events,
    may_move_event,
    may_publish_event,
    may_withdraw_event,
)
from ideenlab.history.actions import record
from ideenlab.partners.models import Partner
from ideenlab.programme.models import Edition, Topic

MOST_PLACES = 10_000
COPIED = (
    "edition_id", "partner_id", "topic_id", "series_id", "venue_id", "format", "title", "summary", "description",
    "description_html", "language", "room", "track", "online_url", "access_notes", "is_for_families", "is_accessible",
    "starts_at", "ends_at", "sign_up", "sign_up_url", "sign_up_until", "places", "offer_hours",
)  # fmt: skip


@dataclass(frozen=True)
class EventPlan:
    """What an event is to be. `series` is the title of its series, in which it is found or made."""

    title: str
    edition: Edition
    starts_at: datetime
    ends_at: datetime
    format: str = "workshop"
    partner: Partner | None = None
    further: Sequence[Partner] = field(default=())
    topic: Topic | None = None
    series: str = ""
    venue: Venue | None = None
    summary: str = ""
    description: str = ""
    language: str = "de"
    room: str = ""
    track: str = ""
    online_url: str = ""
    access_notes: str = ""
    is_for_families: bool = False
    is_accessible: bool = False
    sign_up: str = "none"
    sign_up_url: str = ""
    sign_up_until: datetime | None = None
    places: int = 30
    offer_hours: int = 24

    def columns(self) -> dict[str, Any]:
        """What is stored. Raises Invalid with the field that cannot be used."""
        _check(self)
        return {
            "title": clean_line(self.title), "edition_id": self.edition.id, "starts_at": self.starts_at,
            "ends_at": self.ends_at, "format": self.format, "partner_id": self.partner.id if self.partner else None,
            "topic_id": self.topic.id if self.topic else None, "venue_id": self.venue.id if self.venue else None,
            "series_id": _series(self.edition, self.series), "summary": clean_text(self.summary),
            "description": clean_text(self.description), "description_html": render_markdown(self.description),
            "language": self.language, "room": clean_line(self.room), "track": clean_line(self.track),
            "online_url": clean_link(self.online_url) if self.online_url else "",
            "access_notes": clean_text(self.access_notes), "is_for_families": self.is_for_families,
            "is_accessible": self.is_accessible, "sign_up": self.sign_up,
            "sign_up_url": clean_link(self.sign_up_url) if self.sign_up == "elsewhere" else "",
            "sign_up_until": self.sign_up_until, "places": self.places, "offer_hours": self.offer_hours,
        }  # fmt: skip


def create_event(organiser: Person, *, plan: EventPlan) -> Event:
    """A draft, which only organisers and the partner's editors see."""
    require(may_manage_events(organiser))
    event = Event(**plan.columns())
    db.session.add(event)
    db.session.flush()
    set_further_partners(event, plan.further)
    record(organiser, "events.created", event)
    return event


def edit_event(person: Person, *, event: Event, plan: EventPlan, revision: int) -> None:
    """Change an event, if nobody changed it since `revision` was read.

    Who signed up is told of another time or place, and who waits of a free place: both by the worker.
    """
    require(may_edit_event(person, event))
    columns = plan.columns()
    if columns["places"] < event.registered_count:
        raise Invalid(
            _("%(count)s people have a place already. There cannot be fewer places.", count=event.registered_count),
            field="places",
        )
    moved = event.state == "published" and any(getattr(event, name) != columns[name] for name in WHEN_AND_WHERE)
    if moved:
        require(may_move_event(person, event, now()))
        columns |= {"sequence": event.sequence + 1, "moved_at": now()}
    _save(event, revision, columns)
    set_further_partners(event, plan.further)
    record(person, "events.moved" if moved else "events.edited", event)
    if moved:
        tell_editors(event, "events/moved_by_others", but=[person])


def publish_event(organiser: Person, *, event: Event) -> None:
    require(may_publish_event(organiser, event))
    event.state, event.published_at = "published", event.published_at or now()
    event.changed_at = now()
    record(organiser, "events.published", event)
    db.session.flush()
    if event.proposed_at:
        tell_editors(event, "events/accepted", but=[organiser])


def withdraw_event(organiser: Person, *, event: Event) -> None:
    """Out of the programme, as long as nobody has signed up. Whose event it is reads of it, unless it was a draft."""
    require(may_withdraw_event(organiser, event))
    was_known = event.state == "published" or event.proposed_at is not None
    event.state, event.changed_at = "withdrawn", now()
    record(organiser, "events.withdrawn", event)
    db.session.flush()
    if was_known:
        tell_editors(event, "events/not_held", but=[organiser])


def duplicate_event(organiser: Person, *, event: Event) -> Event:
    """A draft with the same words, for another time."""
    require(may_manage_events(organiser))
    copy = Event(**{name: getattr(event, name) for name in COPIED})
    db.session.add(copy)
    db.session.flush()
    set_further_partners(copy, further_partners_of(event))
    record(organiser, "events.duplicated", copy)
    return copy


def set_further_partners(event: Event, partners: Sequence[Partner]) -> None:
    db.session.execute(delete(EventPartner).where(EventPartner.event_id == event.id))
    for number in sorted({partner.id for partner in partners} - {event.partner_id}):
        db.session.add(EventPartner(event_id=event.id, partner_id=number))
    db.session.flush()


def _save(event: Event, revision: int, columns: dict[str, Any]) -> None:
    saved = db.session.execute(
        update(Event)
        .where(Event.id == event.id, Event.revision == revision, Event.registered_count <= columns["places"])
        .values(**columns, revision=revision + 1, changed_at=now())
        .execution_options(synchronize_session=False)
    )
    if not saved.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has changed this event meanwhile."))
    db.session.refresh(event)


def _series(edition: Edition, title: str) -> int | None:
    title = clean_line(title)
    if not title:
        return None
    found = next((series for series in series_of(edition) if fold(series.title) == fold(title)), None)
    if found is None:
        found = EventSeries(edition=edition, title=title)
        db.session.add(found)
        db.session.flush()
    return found.id


def _check(plan: EventPlan) -> None:
    if not clean_line(plan.title):
        raise Invalid(_("An event needs a title."), field="title")
    if plan.ends_at <= plan.starts_at:
        raise Invalid(_("The end must come after the beginning."), field="ends_at")
    if not 1 <= plan.places <= MOST_PLACES:
        text = _("Please give a number from %(least)s to %(most)s.", least=1, most=MOST_PLACES)
        raise Invalid(text, field="places")
    if plan.sign_up_until and plan.sign_up_until > plan.ends_at:
        raise Invalid(_("Sign-up ends at the latest when the event ends."), field="sign_up_until")
    if plan.topic and plan.topic.edition_id != plan.edition.id:
        raise Invalid(_("This topic belongs to another edition."), field="topic")
    _check_link(plan.online_url, "online_url")
    if plan.sign_up == "elsewhere":
        if not plan.sign_up_url:
            raise Invalid(_("Please give the address of the partner's own sign-up."), field="sign_up_url")
        _check_link(plan.sign_up_url, "sign_up_url")


def _check_link(url: str, name: str) -> None:
    if not url:
        return
    if not (verdict := may_link(url)):
        raise Invalid(verdict.reason, field=name)
    if not clean_link(url).startswith("https://"):
        raise Invalid(_("Please give an address that begins with https://."), field=name)
