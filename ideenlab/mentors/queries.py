from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.hackathons.queries import is_registered
from ideenlab.mentors.models import HelpRequest, Mentor
from ideenlab.teams.models import Team

WAITING = ("open", "taken")


def get_mentor(mentor_id: int) -> Mentor:
    mentor = find(Mentor, mentor_id)
    if mentor is None or mentor.ended_at:
        raise NotFound
    return mentor


def get_help_request(request_id: int) -> HelpRequest:
    found = find(HelpRequest, request_id)
    if found is None or found.team.dissolved_at:
        raise NotFound
    return found


def find_any_mentor(person: Person, hackathon: Hackathon) -> Mentor | None:
    """The row, also when it has ended."""
    return db.session.scalar(select(Mentor).where(Mentor.hackathon_id == hackathon.id, Mentor.person_id == person.id))


def find_mentor(person: Person, hackathon: Hackathon) -> Mentor | None:
    """Whoever has come to take part competes with the teams: while they do, they are no mentor."""
    found = find_any_mentor(person, hackathon)
    return found if found and found.ended_at is None and not is_registered(person, hackathon) else None


def mentors_of(hackathon: Hackathon) -> Sequence[Mentor]:
    """By pseudonym, with the people; not who takes part."""
    taking_part = select(Registration.person_id).where(
        Registration.hackathon_id == hackathon.id, Registration.state == "registered"
    )
    return db.session.scalars(
        select(Mentor)
        .join(Person, Person.id == Mentor.person_id)
        .where(
            Mentor.hackathon_id == hackathon.id, Mentor.ended_at.is_(None), Person.state == "active",
            Mentor.person_id.not_in(taking_part),
        )
        .options(joinedload(Mentor.person))
        .order_by(Person.pseudonym_folded, Mentor.id)
    ).all()  # fmt: skip


def mentorships_of(person: Person) -> Sequence[Mentor]:
    """Where somebody was named and is still a mentor."""
    chosen = select(Mentor).where(Mentor.person_id == person.id, Mentor.ended_at.is_(None))
    return db.session.scalars(chosen.options(joinedload(Mentor.hackathon)).order_by(Mentor.id)).all()


def requests_taken_by(mentor: Mentor) -> Sequence[HelpRequest]:
    chosen = select(HelpRequest).where(HelpRequest.mentor_id == mentor.id, HelpRequest.state == "taken")
    return db.session.scalars(chosen.options(joinedload(HelpRequest.team)).order_by(HelpRequest.id)).all()


def hackathons_mentored_by(person: Person) -> Sequence[Hackathon]:
    """Newest first."""
    return db.session.scalars(
        select(Hackathon)
        .join(Mentor, Mentor.hackathon_id == Hackathon.id)
        .where(Mentor.person_id == person.id, Mentor.ended_at.is_(None))
        .order_by(Hackathon.starts_at.desc(), Hackathon.id.desc())
    ).all()


def help_requests_of(team: Team, *, most: int = 50) -> Sequence[HelpRequest]:
    """What a team asked, newest first, with who came."""
    return db.session.scalars(
        select(HelpRequest)
        .where(HelpRequest.team_id == team.id)
        .options(joinedload(HelpRequest.mentor).joinedload(Mentor.person))
        .order_by(HelpRequest.id.desc())
        .limit(most)
    ).all()


def waiting_requests_of(hackathon: Hackathon) -> Sequence[HelpRequest]:
    """Everything that is open or being done, the longest waiting first."""
    return db.session.scalars(
        select(HelpRequest)
        .join(Team, Team.id == HelpRequest.team_id)
        .where(
            HelpRequest.hackathon_id == hackathon.id, HelpRequest.state.in_(WAITING), Team.dissolved_at.is_(None)
        )
        .options(joinedload(HelpRequest.team), joinedload(HelpRequest.mentor).joinedload(Mentor.person))
        .order_by(HelpRequest.asked_at, HelpRequest.id)
    ).all()  # fmt: skip
