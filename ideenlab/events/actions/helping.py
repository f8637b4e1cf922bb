"""Organisers name who answers the telephone."""

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.events.models import EventHelper
from ideenlab.events.queries import find_any_event_helper
from ideenlab.events.rules import may_manage_events, may_name_event_helper
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.programme.models import Edition


def name_event_helper(organiser: Person, *, edition: Edition, person: Person) -> EventHelper:
    """Somebody may type in who calls, for all events of this week, and is told. Raises Invalid if it cannot be them."""
    require(may_manage_events(organiser))
    if not (verdict := may_name_event_helper(organiser, person, edition)):
        raise Invalid(verdict.reason, field="pseudonym")
    helper = find_any_event_helper(person, edition.id) or EventHelper(edition=edition, person=person)
    helper.named_at, helper.ended_at = now(), None
    db.session.add(helper)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("This person helps on the telephone already.")) from error
    record(organiser, "events.helper_named", helper)
    tell(person, "events/helper_named", edition=edition)
    db.session.flush()
    return helper


def end_event_helper(organiser: Person, *, helper: EventHelper) -> None:
    require(may_manage_events(organiser))
    helper.ended_at = now()
    record(organiser, "events.helper_ended", helper)
    db.session.flush()
