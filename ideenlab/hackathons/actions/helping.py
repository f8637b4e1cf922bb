"""Organisers name who lets people in."""

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import CheckInHelper, Hackathon
from ideenlab.hackathons.queries import find_any_helper
from ideenlab.hackathons.rules import may_change_hackathon, may_name_helper
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell


def name_helper(organiser: Person, *, hackathon: Hackathon, person: Person) -> CheckInHelper:
    """Somebody may let people in at this hackathon, and is told. Raises Invalid when it cannot be this person."""
    require(may_change_hackathon(organiser, hackathon))
    if not (verdict := may_name_helper(organiser, person, hackathon)):
        raise Invalid(verdict.reason, field="pseudonym")
    helper = find_any_helper(person, hackathon) or CheckInHelper(hackathon=hackathon, person=person)
    helper.named_at, helper.ended_at = now(), None
    db.session.add(helper)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("This person helps at the entrance already.")) from error
    record(organiser, "hackathons.helper_named", helper)
    tell(person, "hackathons/helper_named", hackathon=hackathon)
    db.session.flush()
    return helper


def end_helper(organiser: Person, *, helper: CheckInHelper) -> None:
    require(may_change_hackathon(organiser, helper.hackathon))
    helper.ended_at = now()
    record(organiser, "hackathons.helper_ended", helper)
    db.session.flush()
