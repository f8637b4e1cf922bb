from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, fold
from ideenlab.core.verdict import require
from ideenlab.events.models import Venue
from ideenlab.events.queries import find_venue
from ideenlab.events.rules import may_manage_events
from ideenlab.history.actions import record


def create_venue(
    organiser: Person, *, title: str, address: str = "", access_notes: str = "", is_accessible: bool = False
) -> Venue:
    require(may_manage_events(organiser))
    venue = Venue(**_columns(title, address, access_notes, is_accessible=is_accessible))
    db.session.add(venue)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just entered this place.")) from error
    record(organiser, "venues.created", venue)
    return venue


def edit_venue(
    organiser: Person, *, venue: Venue, title: str, address: str, access_notes: str, is_accessible: bool, revision: int
) -> None:  # fmt: skip
    """Change a place, if nobody changed it since `revision` was read."""
    require(may_manage_events(organiser))
    columns = _columns(title, address, access_notes, is_accessible=is_accessible, but=venue)
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
