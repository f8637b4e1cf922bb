"""What organisers decide about somebody's place."""

from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import change_state, enter, lock_places, mark_no_show, offer_place
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_text
from ideenlab.core.verdict import Verdict, require
from ideenlab.hackathons.actions.registering import end_registration, forget_details, move_up, tell_offer, tell_state
from ideenlab.hackathons.models import PLACES, Registration
from ideenlab.hackathons.rules import may_decide_registration
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell


def approve_registration(organiser: Person, *, registration: Registration) -> None:
    """A place where one is free, else a place on the waiting list."""
    _lock(organiser, registration, "approve")
    asked_at = registration.created_at
    enter(PLACES, registration)
    registration.created_at, registration.decided_by_id = asked_at, organiser.id  # who asked first waits in front
    record(organiser, "hackathons.approved", registration)
    tell_state(registration)
    db.session.flush()


def refuse_registration(organiser: Person, *, registration: Registration, reason: str) -> None:
    """The person reads the reason."""
    reason = clean_text(reason)
    if not reason:
        raise Invalid(_("Please give a reason: the person reads it."), field="reason")
    _lock(organiser, registration, "refuse")
    change_state(
        PLACES, registration, to="refused", offered_until=None, decided_by_id=organiser.id, decision_reason=reason
    )
    forget_details(registration)
    record(organiser, "hackathons.refused", registration)
    tell(registration.person, "hackathons/registration_refused", hackathon=registration.hackathon, reason=reason)
    move_up(registration.hackathon)


def move_up_by_hand(organiser: Person, *, registration: Registration) -> None:
    """Offer a free place to somebody out of turn."""
    _lock(organiser, registration, "move_up")
    offer_place(PLACES, registration)
    record(organiser, "hackathons.moved_up", registration)
    tell_offer(registration)
    db.session.flush()


def cancel_for(organiser: Person, *, registration: Registration) -> None:
    """Somebody told the organisers that they cannot come."""
    _lock(organiser, registration, "cancel")
    end_registration(registration)
    record(organiser, "hackathons.cancelled_for", registration)
    tell(registration.person, "hackathons/cancelled_by_organisers", hackathon=registration.hackathon)
    move_up(registration.hackathon)


def note_absence(organiser: Person, *, registration: Registration, absent: bool) -> None:
    require(may_decide_registration(organiser, registration, "no_show", now()))
    mark_no_show(registration, absent=absent)
    record(organiser, "hackathons.no_show" if absent else "hackathons.no_show_undone", registration)


def _lock(organiser: Person, registration: Registration, deed: str) -> None:
    """Refused by what is stored now, not by what was stored when the page was made."""
    require(may_decide_registration(organiser, registration, deed, now()))
    lock_places(registration.hackathon)
    db.session.refresh(registration)
    verdict: Verdict = may_decide_registration(organiser, registration, deed, now())
    if not verdict:
        raise Conflict(verdict.reason)
