"""Who has no team, where there is a gap, and the proposal that holds."""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from ideenlab.accounts.models import Person
from ideenlab.assignments.maths import Guest, OpenTeam, Reason
from ideenlab.assignments.models import Assignment, FriendWish, Seat
from ideenlab.challenges.models import Challenge, ChallengeWish
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.text import fold
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.teams.models import Membership, Team
from ideenlab.teams.queries import teams_of

BETWEEN_SKILLS = re.compile(r"[,;\n]")


def wished_challenges(registration: Registration) -> Sequence[Challenge]:
    """The first wish first; without what was withdrawn meanwhile."""
    return db.session.scalars(
        select(Challenge)
        .join(ChallengeWish, ChallengeWish.challenge_id == Challenge.id)
        .where(ChallengeWish.registration_id == registration.id, Challenge.withdrawn_at.is_(None))
        .order_by(ChallengeWish.rank)
    ).all()


def wished_friends(registration: Registration) -> Sequence[Person]:
    """Only for whoever wished: whether they wished too is nobody's business."""
    return db.session.scalars(
        select(Person)
        .join(FriendWish, FriendWish.friend_id == Person.id)
        .where(FriendWish.registration_id == registration.id)
        .order_by(Person.pseudonym_folded)
    ).all()


def people_without_team(hackathon: Hackathon) -> Sequence[Registration]:
    """Everybody with a place and no team; without those who did not come."""
    return db.session.scalars(
        select(Registration)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.hackathon_id == hackathon.id, Registration.state == "registered", ~Registration.in_team,
            Registration.no_show_at.is_(None), Person.state == "active",
        )
        .options(contains_eager(Registration.person))
        .order_by(Registration.id)
    ).all()  # fmt: skip


def teams_with_gap(hackathon: Hackathon) -> list[Team]:
    return [team for team in teams_of(hackathon) if team.member_count < hackathon.team_size_max]


def skills_in(text: str) -> dict[str, str]:
    """The skills in what somebody typed: how they are compared, and how they are shown."""
    words = [word.strip(" .") for word in BETWEEN_SKILLS.split(text)]
    return {fold(word): word for word in words if fold(word)}


def guests_of(hackathon: Hackathon, registrations: Iterable[Registration]) -> list[Guest]:
    """People with their wishes, by the number of the person; friends only where both wished."""
    registrations = list(registrations)
    wishes, friends = _ranked_wishes(hackathon), mutual_friends(hackathon)
    return [
        Guest(
            key=each.person_id, skills=frozenset(skills_in(each.skills)), wishes=tuple(wishes.get(each.id, ())),
            friends=frozenset(friends.get(each.person_id, ())),
        )
        for each in registrations
    ]  # fmt: skip


def _ranked_wishes(hackathon: Hackathon) -> dict[int, list[int]]:
    rows = db.session.execute(
        select(ChallengeWish.registration_id, ChallengeWish.challenge_id)
        .join(Challenge, Challenge.id == ChallengeWish.challenge_id)
        .where(
            Challenge.hackathon_id == hackathon.id,
            Challenge.published_at.is_not(None),
            Challenge.withdrawn_at.is_(None),
        )
        .order_by(ChallengeWish.registration_id, ChallengeWish.rank)
    )
    found: dict[int, list[int]] = {}
    for registration_id, challenge_id in rows:
        found.setdefault(registration_id, []).append(challenge_id)
    return found


def mutual_friends(hackathon: Hackathon) -> dict[int, set[int]]:
    """By person those whom they wished for and who wished for them, both with a place."""
    rows = db.session.execute(
        select(Registration.person_id, FriendWish.friend_id)
        .join(FriendWish, FriendWish.registration_id == Registration.id)
        .where(Registration.hackathon_id == hackathon.id, Registration.state == "registered")
    )
    wished = {(person_id, friend_id) for person_id, friend_id in rows}
    found: dict[int, set[int]] = {}
    for person_id, friend_id in wished:
        if (friend_id, person_id) in wished:
            found.setdefault(person_id, set()).add(friend_id)
    return found


def open_teams_of(hackathon: Hackathon) -> list[OpenTeam]:
    """The teams with a gap, with what their members can do."""
    teams = teams_with_gap(hackathon)
    rows = db.session.execute(
        select(Membership.team_id, Membership.person_id, Registration.skills)
        .join(
            Registration,
            (Registration.person_id == Membership.person_id) & (Registration.hackathon_id == Membership.hackathon_id),
        )
        .where(Membership.hackathon_id == hackathon.id)
    )
    people: dict[int, set[int]] = {}
    skills: dict[int, set[str]] = {}
    for team_id, person_id, text in rows:
        people.setdefault(team_id, set()).add(person_id)
        skills.setdefault(team_id, set()).update(skills_in(text))
    return [
        OpenTeam(
            key=team.id, size=team.member_count, challenge=team.challenge_id,
            skills=frozenset(skills.get(team.id, ())), people=frozenset(people.get(team.id, ())),
        )
        for team in teams
    ]  # fmt: skip


def find_assignment(hackathon: Hackathon) -> Assignment | None:
    """The proposal that holds, sent or not."""
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.hackathon_id == hackathon.id, Assignment.ended_at.is_(None))
        .order_by(Assignment.number.desc())
        .limit(1)
    )


def get_assignment(hackathon: Hackathon, assignment_id: int) -> Assignment:
    found = find(Assignment, assignment_id)
    if found is None or found.hackathon_id != hackathon.id:
        raise NotFound
    return found


def latest_number(hackathon: Hackathon) -> int:
    chosen = select(Assignment.number).where(Assignment.hackathon_id == hackathon.id)
    return db.session.scalar(chosen.order_by(Assignment.number.desc()).limit(1)) or 0


def seats_of(assignment: Assignment) -> Sequence[Seat]:
    """By tables, with people, teams and challenges."""
    return db.session.scalars(
        select(Seat)
        .where(Seat.assignment_id == assignment.id)
        .options(
            joinedload(Seat.registration).joinedload(Registration.person), joinedload(Seat.team),
            joinedload(Seat.challenge),
        )
        .order_by(Seat.table, Seat.id)
    ).all()  # fmt: skip


def seats_at(seat: Seat) -> list[Seat]:
    """Everybody at the same table."""
    return [other for other in seats_of(seat.assignment) if other.table == seat.table]


def get_seat(hackathon: Hackathon, seat_id: int) -> Seat:
    found = find(Seat, seat_id)
    if found is None or found.assignment.hackathon_id != hackathon.id:
        raise NotFound
    return found


def find_seat(person: Person, hackathon: Hackathon) -> Seat | None:
    """Where the proposal that was sent puts this person."""
    return db.session.scalar(
        select(Seat)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .join(Registration, Registration.id == Seat.registration_id)
        .where(
            Assignment.hackathon_id == hackathon.id, Assignment.ended_at.is_(None), Assignment.sent_at.is_not(None),
            Registration.person_id == person.id,
        )
        .options(joinedload(Seat.assignment), joinedload(Seat.registration))
        .order_by(Assignment.number.desc())
        .limit(1)
    )  # fmt: skip


def seats_for(team: Team) -> Sequence[Seat]:
    """Who is proposed to a team in the proposal that holds, with their people; also who has answered."""
    return db.session.scalars(
        select(Seat)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .where(Seat.team_id == team.id, Assignment.ended_at.is_(None), Assignment.sent_at.is_not(None))
        .options(joinedload(Seat.assignment), joinedload(Seat.registration).joinedload(Registration.person))
        .order_by(Seat.id)
    ).all()


def answer_of(seat: Seat, now: datetime) -> str:
    """What became of a seat: accepted, declined, lapsed, objected to, another team (`elsewhere`), gone, or waiting."""
    until = seat.assignment.answer_until
    if seat.answer in ("accepted", "declined"):
        return seat.answer
    if seat.registration.in_team:
        return "elsewhere"
    if seat.registration.state != "registered":
        return "gone"
    if any(word == "objected" for word, _values in reasons_of(seat)):
        return "objected"
    return "lapsed" if seat.answer or (until is not None and until <= now) else "waiting"


def reasons_of(seat: Seat) -> list[Reason]:
    return [(word, values) for word, values in json.loads(seat.reasons)]


def pseudonyms_in(seats: Collection[Seat]) -> dict[int, str]:
    """Of the friends named in the reasons."""
    numbers = {number for seat in seats for word, values in reasons_of(seat) if word == "friends" for number in values}
    rows = db.session.execute(select(Person.id, Person.pseudonym).where(Person.id.in_(numbers))) if numbers else ()
    return {number: pseudonym for number, pseudonym in rows}
