"""Organisers make a proposal, look at it, change it by hand, send it, or put it aside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select, update

from ideenlab.accounts.models import Person
from ideenlab.assignments.maths import Guest, OpenTeam, Reason, assign, why
from ideenlab.assignments.models import Assignment, Seat
from ideenlab.assignments.queries import (
    answer_of,
    find_assignment,
    guests_of,
    latest_number,
    open_teams_of,
    people_without_team,
    pseudonyms_in,
    reasons_of,
    seats_of,
    skills_in,
    teams_with_gap,
)
from ideenlab.assignments.rules import (
    may_change_assignment,
    may_propose,
    may_put_aside,
    may_send_assignment,
    why_in_words,
)
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.teams.models import Team
from ideenlab.teams.queries import members_of

NEW_TABLE = "new"


@dataclass(frozen=True)
class Place:
    """Where somebody can be moved to: a table, a team with a gap, or a new table."""

    key: str
    table: int
    team_id: int | None
    challenge_id: int | None
    name: str
    people: int
    room: int


def lock_assignment(assignment: Assignment) -> None:
    """One act at a time on one proposal."""
    db.session.execute(select(Assignment.id).where(Assignment.id == assignment.id).with_for_update())
    db.session.refresh(assignment)


def make_proposal(organiser: Person, *, hackathon: Hackathon, seed: int) -> Assignment:
    """A seat for everybody without a team. It takes the place of the proposal before, and nobody is told yet."""
    require(may_propose(organiser, hackathon, now()))
    alone = people_without_team(hackathon)
    if not alone:
        raise Invalid(_("Everybody has a team."))
    before = find_assignment(hackathon)
    if before:
        _end(before)
    assignment = Assignment(hackathon=hackathon, number=latest_number(hackathon) + 1, seed=seed, made_by=organiser)
    db.session.add(assignment)
    guests, teams = guests_of(hackathon, alone), open_teams_of(hackathon)
    plan = assign(guests, teams, least=hackathon.team_size_min, most=hackathon.team_size_max, seed=seed)
    registrations = {each.person_id: each for each in alone}
    for number, table in enumerate(plan.tables, 1):
        for key in table.people:
            db.session.add(
                Seat(
                    assignment=assignment, registration=registrations[key], table=number, team_id=table.team,
                    challenge_id=table.challenge,
                )
            )  # fmt: skip
    db.session.flush()
    _explain(assignment, seats_of(assignment), guests, teams)
    record(organiser, "assignments.proposed", assignment)
    db.session.flush()
    return assignment


def places_for(seat: Seat) -> list[Place]:
    """Where a person can go: tables with room, teams with a gap that nobody was proposed to, a new table."""
    hackathon, most = seat.assignment.hackathon, seat.assignment.hackathon.team_size_max
    by_table: dict[int, list[Seat]] = {}
    for each in seats_of(seat.assignment):
        by_table.setdefault(each.table, []).append(each)
    places, used = list[Place](), set[int | None]()
    for table, seats in by_table.items():
        team, first = seats[0].team, seats[0]
        used.add(first.team_id)
        people = len(seats) + (team.member_count if team else 0)
        name = team.name if team else _("Table %(number)s", number=table)
        places.append(Place(str(table), table, first.team_id, first.challenge_id, name, people, most - people))
    fresh = max(by_table) + 1
    for team in teams_with_gap(hackathon):
        if team.id not in used:
            room = most - team.member_count
            places.append(
                Place(f"team-{team.id}", fresh, team.id, team.challenge_id, team.name, team.member_count, room)
            )
    places.append(Place(NEW_TABLE, fresh, None, None, _("A new team"), 0, most))
    return [place for place in places if place.room > 0 and place.table != seat.table]


def move_seat(organiser: Person, *, seat: Seat, place: str, seen: int) -> None:
    """Put somebody at another table by hand. Raises Conflict when they do not sit where they were `seen` any more."""
    assignment = seat.assignment
    lock_assignment(assignment)
    require(may_change_assignment(organiser, assignment, now()))
    db.session.refresh(seat)
    if seat.table != seen:
        raise Conflict(_("Somebody else has moved this person meanwhile. Please look at the tables again."))
    there = next((one for one in places_for(seat) if one.key == place), None)
    if there is None:
        raise Invalid(_("This table has no free place any more. Please choose another one."), field="place")
    touched = {seat.table, there.table}
    seat.table, seat.team_id, seat.challenge_id = there.table, there.team_id, there.challenge_id
    seat.reasons = json.dumps([["organisers", []]])
    db.session.flush()
    db.session.expire(seat)
    seats = seats_of(assignment)
    guests = guests_of(assignment.hackathon, [each.registration for each in seats])
    near = [each for each in seats if each.table in touched]
    _explain(assignment, near, guests, open_teams_of(assignment.hackathon))
    record(organiser, "assignments.moved", assignment, note=str(seat.registration_id))
    db.session.flush()


def send_proposal(organiser: Person, *, assignment: Assignment, until: datetime) -> int:
    """Tell everybody where they are proposed to go, and why. Says how many were told.

    Who has found a team or given back the place meanwhile is left out. Raises Conflict when a team filled meanwhile.
    """
    lock_assignment(assignment)
    require(may_send_assignment(organiser, assignment, now()))
    _check_time(assignment.hackathon, until)
    for seat in seats_of(assignment):
        db.session.refresh(seat.registration)
        if answer_of(seat, now()) in ("elsewhere", "gone"):
            db.session.delete(seat)
    db.session.flush()
    seats = seats_of(assignment)
    if not seats:
        raise Invalid(_("Everybody has a team."))
    _check_sizes(assignment, seats)
    assignment.sent_at, assignment.answer_until = now(), until
    record(organiser, "assignments.sent", assignment)
    names = pseudonyms_in(seats)
    _tell_teams(seats, until)
    for seat in seats:
        tell(
            seat.registration.person, "assignments/proposed", hackathon=assignment.hackathon, seat=seat, until=until,
            why=partial(why_in_words, reasons_of(seat), names),
        )  # fmt: skip
    db.session.flush()
    return len(seats)


def _tell_teams(seats: Sequence[Seat], until: datetime) -> None:
    """Every member of a team that is there learns who is proposed to it, and that they may object."""
    coming: dict[Team, list[str]] = {}
    for seat in seats:
        if seat.team:
            coming.setdefault(seat.team, []).append(seat.registration.person.pseudonym)
    for team, names in coming.items():
        for member in members_of(team):
            tell(member, "assignments/proposed_to_team", kind="hackathon", team=team, names=names, until=until)


def put_aside(organiser: Person, *, assignment: Assignment) -> None:
    """It holds no longer. Who has accepted stays in the team; who has not answered is told."""
    lock_assignment(assignment)
    require(may_put_aside(organiser, assignment))
    waiting = [seat for seat in seats_of(assignment) if answer_of(seat, now()) == "waiting"]
    was_sent = assignment.sent_at is not None
    _end(assignment)
    record(organiser, "assignments.put_aside", assignment)
    for seat in waiting if was_sent else []:
        tell(seat.registration.person, "assignments/put_aside", hackathon=assignment.hackathon)
    db.session.flush()


def _end(assignment: Assignment) -> None:
    assignment.ended_at = now()
    if assignment.sent_at:
        open_ones = update(Seat).where(Seat.assignment_id == assignment.id, Seat.answer == "")
        db.session.execute(
            open_ones.values(answer="lapsed", answered_at=now()).execution_options(synchronize_session="fetch")
        )
    db.session.flush()


def _explain(assignment: Assignment, seats: Sequence[Seat], guests: Sequence[Guest], teams: Sequence[OpenTeam]) -> None:
    """Write down for each seat why; that somebody was moved by hand stays the first reason."""
    known, there = {guest.key: guest for guest in guests}, {team.key: team for team in teams}
    by_table: dict[int, list[Seat]] = {}
    for seat in seats:
        by_table.setdefault(seat.table, []).append(seat)
    for table in by_table.values():
        for seat in table:
            others = [known[other.registration.person_id] for other in table if other is not seat]
            guest, team = known[seat.registration.person_id], there.get(seat.team_id or 0)
            found = why(guest, others, team, seat.challenge_id, assignment.hackathon.team_size_min)
            by_hand: list[Reason] = [reason for reason in reasons_of(seat) if reason[0] == "organisers"]
            shown = skills_in(seat.registration.skills)
            seat.reasons = json.dumps([*by_hand, *(_written(reason, shown) for reason in found)], ensure_ascii=False)
    db.session.flush()


def _written(reason: Reason, shown: dict[str, str]) -> Reason:
    """Skills as the person wrote them."""
    word, values = reason
    return (word, [shown[str(value)] for value in values]) if word in ("lacks", "brings") else reason


def _check_time(hackathon: Hackathon, until: datetime) -> None:
    if until <= now():
        raise Invalid(_("Please choose a time in the future."), field="until")
    if hackathon.teams_until and until > hackathon.teams_until:
        raise Invalid(
            _("Teams can be formed until %(moment)s. Please choose an earlier time.",
              moment=moment(hackathon.teams_until)), field="until",
        )  # fmt: skip


def _check_sizes(assignment: Assignment, seats: Sequence[Seat]) -> None:
    """Teams may have grown since the proposal was made."""
    most = assignment.hackathon.team_size_max
    for team in {seat.team for seat in seats if seat.team}:
        db.session.refresh(team)
        coming = sum(seat.team_id == team.id for seat in seats)
        if team.dissolved_at or team.member_count + coming > most:
            raise Conflict(
                _(
                    "The team “%(name)s” has changed since this proposal was made. Please make a new one.",
                    name=team.name,
                )
            )
