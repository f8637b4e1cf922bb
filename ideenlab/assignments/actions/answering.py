"""People answer what was proposed to them. Nobody comes into a team without a click of their own."""

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.assignments.actions.proposing import lock_assignment
from ideenlab.assignments.models import Seat
from ideenlab.assignments.queries import seats_at
from ideenlab.assignments.rules import may_accept_seat, may_decline_seat
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.teams.actions import admit, found_team, lock_team
from ideenlab.teams.models import Team
from ideenlab.teams.queries import find_team_by_name
from ideenlab.teams.rules import may_join_team


def accept_seat(person: Person, *, seat: Seat) -> Team:
    """Come into the proposed team. Of a new team the first one to accept is the founder and leads it.

    The place is taken by the teams' own statement. Raises Conflict or NotAllowed when the team filled meanwhile.
    """
    lock_assignment(seat.assignment)
    db.session.refresh(seat)
    require(may_accept_seat(person, seat, now()))
    _answer(seat, "accepted")
    team = _living_team(seat)
    if team is None:
        team = _found(person, seat)
    else:
        lock_team(team)
        require(may_join_team(person, team, now()))
        admit(person, team=team, deed="assignments.joined", by=person)
    record(person, "assignments.accepted", seat.assignment)
    db.session.flush()
    return team


def decline_seat(person: Person, *, seat: Seat) -> None:
    """Stay free: for the next proposal, or a team one finds oneself."""
    lock_assignment(seat.assignment)
    db.session.refresh(seat)
    require(may_decline_seat(person, seat, now()))
    _answer(seat, "declined")
    record(person, "assignments.declined", seat.assignment)
    db.session.flush()


def _answer(seat: Seat, answer: str) -> None:
    answered = db.session.execute(
        update(Seat)
        .where(Seat.id == seat.id, Seat.answer == "")
        .values(answer=answer, answered_at=now())
        .execution_options(synchronize_session="fetch")
    )
    if not answered.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("You have answered already."))


def _living_team(seat: Seat) -> Team | None:
    return seat.team if seat.team and not seat.team.dissolved_at else None


def _found(person: Person, seat: Seat) -> Team:
    team = found_team(
        person, hackathon=seat.assignment.hackathon, name=_free_name(seat.assignment.hackathon, seat.table)
    )
    team.challenge = seat.challenge
    for other in seats_at(seat):
        other.team = team
    db.session.flush()
    return team


def _free_name(hackathon: Hackathon, table: int) -> str:
    """The table's number until the members choose a name of their own."""
    name = first = _("Table %(number)s", number=table)
    number = 1
    while find_team_by_name(hackathon, name):
        number += 1
        name = f"{first}-{number}"
    return name
