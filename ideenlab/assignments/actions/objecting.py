"""A team that was there before the proposal may say that somebody does not fit, until that person has accepted."""

import json

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.assignments.actions.proposing import lock_assignment
from ideenlab.assignments.models import Seat
from ideenlab.assignments.queries import reasons_of
from ideenlab.assignments.rules import may_object
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.teams.queries import members_of


def object_to_seat(person: Person, *, seat: Seat) -> None:
    """The seat is free again: the person and the other members are told, and organisers see who needs a team."""
    lock_assignment(seat.assignment)
    db.session.refresh(seat)
    require(may_object(person, seat, now()))
    reasons = json.dumps([["objected", []], *reasons_of(seat)], ensure_ascii=False)
    freed = db.session.execute(
        update(Seat)
        .where(Seat.id == seat.id, Seat.answer == "")
        .values(answer="lapsed", answered_at=now(), reasons=reasons)
        .execution_options(synchronize_session="fetch")
    )
    if not freed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This person has answered meanwhile."))
    record(person, "assignments.objected", seat.assignment, note=str(seat.registration_id))
    assert seat.team is not None  # the rule has seen it
    tell(seat.registration.person, "assignments/objected", hackathon=seat.assignment.hackathon, team=seat.team)
    for member in members_of(seat.team):
        if member is not person:
            tell(
                member, "assignments/objected_for_team", kind="hackathon", team=seat.team, by=person,
                whom=seat.registration.person,
            )  # fmt: skip
    db.session.flush()
