from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.text import fold
from ideenlab.hackathons.models import Hackathon
from ideenlab.teams.models import Membership, Team


def get_team(team_id: int) -> Team:
    """A team that exists still, with its hackathon."""
    team = find(Team, team_id)
    if team is None or team.dissolved_at:
        raise NotFound
    return team


def find_team_of(person: Person, hackathon: Hackathon) -> Team | None:
    return db.session.scalar(
        select(Team)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.hackathon_id == hackathon.id, Membership.person_id == person.id)
    )


def find_team_by_code(hackathon: Hackathon, code: str) -> Team | None:
    """The living team of this hackathon behind a code, however it was typed."""
    return db.session.scalar(
        select(Team).where(
            Team.hackathon_id == hackathon.id, Team.code == plain_code(code), Team.dissolved_at.is_(None)
        )
    )


def plain_code(typed: str) -> str:
    """A code as it is stored: capital letters and digits, without what people put between them."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


def find_team_by_name(hackathon: Hackathon, name: str) -> Team | None:
    return db.session.scalar(select(Team).where(Team.hackathon_id == hackathon.id, Team.name_folded == fold(name)))


def is_member(person: Person, team: Team) -> bool:
    return (
        db.session.scalar(select(Membership.id).where(Membership.team_id == team.id, Membership.person_id == person.id))
        is not None
    )


def members_of(team: Team) -> Sequence[Person]:
    """In the order they joined."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.team_id == team.id)
        .order_by(Membership.joined_at, Membership.id)
    ).all()


def memberships_of(team: Team) -> Sequence[Membership]:
    """In the order they joined, with the people."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.team_id == team.id)
        .options(joinedload(Membership.person))
        .order_by(Membership.joined_at, Membership.id)
    ).all()


def members_in_teams(hackathon: Hackathon, person_ids: Collection[int]) -> list[tuple[Team, list[Person]]]:
    """The teams in which some of these people are, with them."""
    rows = select(Membership).where(Membership.hackathon_id == hackathon.id, Membership.person_id.in_(person_ids))
    rows = rows.options(joinedload(Membership.person), joinedload(Membership.team))
    found: dict[Team, list[Person]] = {}
    for membership in db.session.scalars(rows.order_by(Membership.team_id, Membership.id)):
        found.setdefault(membership.team, []).append(membership.person)
    return list(found.items())


def members_of_teams(team_ids: Collection[int]) -> dict[int, list[Person]]:
    """Of many teams with one query, each in the order they joined."""
    rows = select(Membership).where(Membership.team_id.in_(team_ids)).options(joinedload(Membership.person))
    found: dict[int, list[Person]] = {}
    for membership in db.session.scalars(rows.order_by(Membership.joined_at, Membership.id)):
        found.setdefault(membership.team_id, []).append(membership.person)
    return found


def numbers_of_teams_of(person: Person) -> list[int]:
    return list(db.session.scalars(select(Membership.team_id).where(Membership.person_id == person.id)))


def teams_with_hidden_names(limit: int) -> list[int]:
    """Their numbers, the latest first."""
    hidden = select(Team.id).where(Team.hidden_at.is_not(None), Team.dissolved_at.is_(None))
    return list(db.session.scalars(hidden.order_by(Team.hidden_at.desc(), Team.id.desc()).limit(limit)))


def teams_with_hidden_texts(limit: int) -> list[int]:
    """Their numbers, the latest first."""
    hidden = select(Team.id).where(Team.about_hidden_at.is_not(None), Team.dissolved_at.is_(None))
    return list(db.session.scalars(hidden.order_by(Team.about_hidden_at.desc(), Team.id.desc()).limit(limit)))


def teams_of(hackathon: Hackathon) -> Sequence[Team]:
    """The living teams by name."""
    return db.session.scalars(
        select(Team)
        .where(Team.hackathon_id == hackathon.id, Team.dissolved_at.is_(None))
        .options(joinedload(Team.challenge))
        .order_by(Team.name_folded, Team.id)
    ).all()


def memberships_of_hackathon(hackathon: Hackathon) -> Sequence[Membership]:
    """Everybody in a team of this hackathon, with team and person."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.hackathon_id == hackathon.id)
        .options(joinedload(Membership.team), joinedload(Membership.person))
        .order_by(Membership.team_id, Membership.joined_at, Membership.id)
    ).all()


def teams_of_person(person: Person) -> Sequence[Team]:
    """In all hackathons, the newest first, each with its hackathon."""
    return db.session.scalars(
        select(Team)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.person_id == person.id)
        .options(joinedload(Team.hackathon))
        .order_by(Team.id.desc())
    ).all()
