from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import lock_places
from ideenlab.attendance.models import LIVING
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.actions.registering import end_registration, move_up
from ideenlab.hackathons.queries import registrations_by
from ideenlab.hackathons.rules import may_change_registrations
from ideenlab.history.actions import record


def leave_hackathons(person: Person) -> None:
    """Give back every place in what is not over yet. Who waits moves up.

    Whoever is still in a team – the last one of a team that has handed in – keeps the place: the prototype needs it.
    """
    for registration in registrations_by(person):
        if not may_change_registrations(registration.hackathon, now()):
            continue
        lock_places(registration.hackathon)
        db.session.refresh(registration)
        if registration.state in LIVING and not registration.in_team:
            end_registration(registration)
            record(None, "hackathons.cancelled_with_account", registration)
            move_up(registration.hackathon)
