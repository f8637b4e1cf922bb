"""From a partner's draft into the programme, with questions and answers on the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import organisers
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import in_city_time
from ideenlab.core.text import clean_text
from ideenlab.core.verdict import require
from ideenlab.events.actions.editing import COPIED, EventPlan, set_further_partners
from ideenlab.events.actions.telling import tell_editors
from ideenlab.events.models import Event, EventMessage, EventSeries
from ideenlab.events.queries import further_partners_of, last_asked_by, series_of
from ideenlab.events.rules import (
    may_answer,
    may_clone_event,
    may_manage_events,
    may_propose_event,
    may_propose_for,
    may_review_event,
    may_take_back,
)
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import topics_of

FURTHEST = 1_000  # days that a copy lies after what it is copied from


def draft_event(editor: Person, *, plan: EventPlan) -> Event:
    """What only the partner's editors see, until it is proposed."""
    assert plan.partner
    require(may_propose_for(editor, plan.partner, plan.edition, now()))
    event = Event(**plan.columns(), proposed_by=editor)
    db.session.add(event)
    db.session.flush()
    set_further_partners(event, plan.further)
    record(editor, "events.drafted", event)
    return event


def propose_event(editor: Person, *, event: Event) -> None:
    """Hand it to the organisers, who are told. After a question the same way again: then who asked is told."""
    require(may_propose_event(editor, event, now()))
    _change_state(event, to="proposed", proposed_at=now(), proposed_by_id=editor.id)
    record(editor, "events.proposed", event)
    if asker := last_asked_by(event):
        tell(asker, "events/proposed_again", event=event)
        return
    for organiser in organisers():
        tell(organiser, "events/proposed", kind="work", event=event)


def take_back(editor: Person, *, event: Event) -> None:
    require(may_take_back(editor, event, now()))
    _change_state(event, to="withdrawn")
    record(editor, "events.taken_back", event)


def ask_back(organiser: Person, *, event: Event, text: str) -> None:
    """The partner may change the event again, and reads why."""
    require(may_review_event(organiser, event))
    text = _said(text)
    _change_state(event, to="returned")
    _write(organiser, event, text)
    record(organiser, "events.asked_back", event)
    tell_editors(event, "events/asked_back", text=text)


def accept_event(organiser: Person, *, event: Event) -> None:
    """Into the programme."""
    require(may_review_event(organiser, event))
    _change_state(event, to="published", published_at=event.published_at or now())
    record(organiser, "events.published", event)
    tell_editors(event, "events/accepted")


def refuse_event(organiser: Person, *, event: Event, reason: str) -> None:
    require(may_review_event(organiser, event))
    reason = _said(reason)
    _change_state(event, to="refused")
    _write(organiser, event, reason)
    record(organiser, "events.refused", event)
    tell_editors(event, "events/refused", reason=reason)


def answer(person: Person, *, event: Event, text: str) -> None:
    """A message that changes nothing. The other side is told."""
    require(may_answer(person, event, now()))
    text = _said(text)
    _write(person, event, text, state="")
    if person.has_role("organiser", "administrator"):
        tell_editors(event, "events/message", but=[person], text=text)
    elif asker := last_asked_by(event):
        tell(asker, "events/answered", event=event, text=text)


def clone_event(editor: Person, *, event: Event, days: int = 0) -> Event:
    """A draft with the same words, so many days later at the same hour of the city's clock."""
    require(may_clone_event(editor, event, now()))
    if not 0 <= days <= FURTHEST:
        raise Invalid(_("Please give a number from %(least)s to %(most)s.", least=0, most=FURTHEST), field="days")
    copy = copied(event, days=days, proposed_by_id=editor.id)
    record(editor, "events.cloned", copy)
    return copy


def copied(event: Event, *, days: int, **other: Any) -> Event:
    """A draft of the same, with the same partners. Clock changes in between do not move the hour."""
    values = {name: getattr(event, name) for name in COPIED}
    for name in ("starts_at", "ends_at", "sign_up_until"):
        values[name] = later(values[name], days)
    copy = Event(**{**values, **other})
    db.session.add(copy)
    db.session.flush()
    set_further_partners(copy, further_partners_of(event))
    return copy


def later(moment: datetime | None, days: int) -> datetime | None:
    """The same hour on the city's clock, so many days later."""
    if moment is None or not days:
        return moment
    return (in_city_time(moment) + timedelta(days=days)).astimezone(UTC)


def _change_state(event: Event, *, to: str, **values: Any) -> None:
    """From the state it was read in: two organisers who decide at the same moment do not both win."""
    changed = db.session.execute(
        update(Event)
        .where(Event.id == event.id, Event.state == event.state, Event.revision == event.revision)
        .values(state=to, revision=event.revision + 1, changed_at=now(), **values)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has changed this event meanwhile."))
    db.session.refresh(event)


def _write(person: Person, event: Event, text: str, *, state: str | None = None) -> None:
    said = event.state if state is None else state
    db.session.add(EventMessage(event=event, person=person, text=text, state=said))
    db.session.flush()


def _said(text: str) -> str:
    text = clean_text(text)
    if not text:
        raise Invalid(_("Please fill in this field."), field="text")
    return text


def take_events_along(organiser: Person, before: Edition, copy: Edition) -> None:
    """What was in the programme, as drafts of the next week: as many days after its first day as before."""
    require(may_manage_events(organiser))
    days = (copy.starts_on - before.starts_on).days
    topics = {topic.slug: topic.id for topic in topics_of(copy)}
    chosen = select(Event).where(Event.edition_id == before.id, Event.state == "published")
    for event in db.session.scalars(chosen.order_by(Event.starts_at, Event.id)).all():
        topic_id = topics.get(event.topic.slug) if event.topic else None
        copied(event, days=days, edition_id=copy.id, topic_id=topic_id, series_id=_same_series(event, copy))


def _same_series(event: Event, target: Edition) -> int | None:
    if event.series is None:
        return None
    title = event.series.title
    found = next((one for one in series_of(target) if one.title == title), None)
    if found is None:
        found = EventSeries(edition=target, title=title)
        db.session.add(found)
        db.session.flush()
    return found.id
