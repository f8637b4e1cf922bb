from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.hackathons.queries import find_any_registration
from ideenlab.hackathons.rules import may_cancel_registration, may_register
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell


def register_for_hackathon(person: Person, *, hackathon: Hackathon, skills: str = "") -> Registration:
    """Take a place. The last one is taken in the statement that checks that there is one."""
    require(may_register(person, hackathon, now()))
    _count(hackathon, 1)
    registration = find_any_registration(person, hackathon)  # again: the count above waits for the other window
    if registration and registration.state == "registered":
        raise Conflict(_("You are registered already."))
    if registration is None:
        registration = Registration(hackathon=hackathon, person=person)
        db.session.add(registration)
    registration.state, registration.skills, registration.created_at = "registered", clean_line(skills), now()
    record(person, "hackathons.registered", registration)
    tell(person, "hackathons/registered", hackathon=hackathon)
    db.session.flush()
    return registration


def cancel_registration(person: Person, *, hackathon: Hackathon) -> None:
    """Give the place back, so that somebody else can have it. Whoever is in a team leaves the team first."""
    require(may_cancel_registration(person, hackathon, now()))
    _count(hackathon, -1)
    cancelled = db.session.execute(
        update(Registration)
        .where(
            Registration.hackathon_id == hackathon.id, Registration.person_id == person.id,
            Registration.state == "registered", ~Registration.in_team,
        )
        .values(state="cancelled", skills="")
        .execution_options(synchronize_session="fetch")
    )  # fmt: skip
    if not cancelled.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("In another window you have just joined a team or cancelled your registration."))
    record(person, "hackathons.cancelled", hackathon)
    tell(person, "hackathons/cancelled", hackathon=hackathon)
    db.session.flush()


def _count(hackathon: Hackathon, change: int) -> None:
    """Change the number of registered people within 0 … places, as the database has them."""
    count = Hackathon.registered_count + change
    counted = db.session.execute(
        update(Hackathon)
        .where(Hackathon.id == hackathon.id, count >= 0, count <= Hackathon.places)
        .values(registered_count=count)
        .execution_options(synchronize_session=False)
    )
    if not counted.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody has just taken the last place."))
    db.session.refresh(hackathon, ["registered_count"])
