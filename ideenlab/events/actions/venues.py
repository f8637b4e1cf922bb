from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.city.queries import city_map
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, fold
from ideenlab.core.verdict import require
from ideenlab.events.models import Event, Venue
from ideenlab.events.queries import find_venue
from ideenlab.events.rules import may_manage_events
from ideenlab.history.actions import record

Pin = tuple[int, int]  # millionths of a degree: latitude, longitude
FILLED_UP = ("address", "access_notes", "latitude", "longitude")


def create_venue(
    organiser: Person, *, title: str, address: str = "", access_notes: str = "", is_accessible: bool = False,
    pin: Pin | None = None,
) -> Venue:  # fmt: skip
    require(may_manage_events(organiser))
    venue = Venue(**_columns(title, address, access_notes, is_accessible=is_accessible), **_checked(pin))
    db.session.add(venue)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just entered this place.")) from error
    record(organiser, "venues.created", venue)
    return venue


def edit_venue(
    organiser: Person, *, venue: Venue, title: str, address: str, access_notes: str, is_accessible: bool, revision: int,
    pin: Pin | None = None,
) -> None:  # fmt: skip
    """Change a place, if nobody changed it since `revision` was read."""
    require(may_manage_events(organiser))
    columns = _columns(title, address, access_notes, is_accessible=is_accessible, but=venue) | _checked(pin, venue)
    saved = db.session.execute(
        update(Venue)
        .where(Venue.id == venue.id, Venue.revision == revision)
        .values(**columns, revision=revision + 1)
        .execution_options(synchronize_session=False)
    )
    if not saved.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has changed this place meanwhile."))
    db.session.refresh(venue)
    record(organiser, "venues.edited", venue)
    db.session.flush()


def merge_venue(organiser: Person, *, venue: Venue, into: Venue) -> int:
    """A place that was typed in twice becomes one. Nothing moves, so nobody is told. Gives how many events it had."""
    require(may_manage_events(organiser))
    if venue.id == into.id:
        raise Invalid(_("Please choose another place."), field="into")
    title, number = venue.title, venue.id
    for name in FILLED_UP:
        setattr(into, name, getattr(into, name) or getattr(venue, name))
    into.revision += 1
    its_events = update(Event).where(Event.venue_id == number)
    try:
        with db.session.begin_nested():
            moved = db.session.execute(
                its_events.values(venue_id=into.id, revision=Event.revision + 1, changed_at=now()),
                execution_options={"synchronize_session": False},
            )
            db.session.execute(delete(Venue).where(Venue.id == number))
    except IntegrityError as error:
        raise Conflict(_("Somebody has just chosen this place for an event. Please try again.")) from error
    db.session.expire_all()
    record(organiser, "venues.merged", into, note=title)
    db.session.flush()
    return int(moved.rowcount)  # type: ignore[attr-defined]


def _checked(pin: Pin | None, before: Venue | None = None) -> dict[str, int | None]:
    """One that was taken before stays, also when outlines are drawn anew."""
    if pin and (before is None or pin != (before.latitude, before.longitude)):
        sheet = city_map()
        if sheet is None or not sheet.holds(*pin):
            sentence = _("The mark lies outside the city. Please put it elsewhere, or remove it.")
            raise Invalid(sentence, field="address")
    latitude, longitude = pin or (None, None)
    return {"latitude": latitude, "longitude": longitude}


def _columns(
    title: str, address: str, access_notes: str, *, is_accessible: bool, but: Venue | None = None
) -> dict[str, Any]:
    title = clean_line(title)
    if not title:
        raise Invalid(_("A place needs a name."), field="title")
    other = find_venue(title)
    if other and other is not but:
        raise Invalid(_("There is a place with this name already."), field="title")
    return {
        "title": title, "title_folded": fold(title), "address": clean_line(address),
        "access_notes": clean_text(access_notes), "is_accessible": is_accessible,
    }  # fmt: skip
