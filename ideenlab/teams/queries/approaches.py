"""Who asked to come, and who was asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.security import hash_secret
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.teams.models import Approach, Team

PURPOSE = "team-invitation"


def open_key_of(team: Team, person: Person | None, email: str | None = None) -> str:
    """The same for a request and an invitation: between a team and a person one thing is open at a time."""
    return f"{team.id}:p{person.id}" if person else f"{team.id}:{email}"


def get_approach(approach_id: int) -> Approach:
    found = find(Approach, approach_id)
    if found is None or found.team.dissolved_at:
        raise NotFound
    return found


def find_open_approach(team: Team, person: Person | None, email: str | None = None) -> Approach | None:
    return db.session.scalar(select(Approach).where(Approach.open_key == open_key_of(team, person, email)))


def find_invitation_by_secret(secret: str) -> Approach | None:
    """The invitation behind the link of a mail while it holds; unknown, used and run out are the same."""
    secret_hash = hash_secret(secret, purpose=PURPOSE)
    return db.session.scalar(_living().where(Approach.secret_hash == secret_hash))


def requests_to(team: Team) -> Sequence[Approach]:
    """Who would like to join and still can, the longest waiting first."""
    return db.session.scalars(
        _living()
        .join(Registration, Registration.person_id == Approach.person_id)
        .join(Person, Person.id == Approach.person_id)
        .where(
            Approach.team_id == team.id, Approach.kind == "asked", Registration.hackathon_id == team.hackathon_id,
            Registration.state == "registered", ~Registration.in_team, Person.state == "active",
        )
        .options(joinedload(Approach.person))
    ).all()  # fmt: skip


def invitations_by(team: Team) -> Sequence[Approach]:
    """Whom the team has asked and who has not answered yet."""
    mine = _living().where(Approach.team_id == team.id, Approach.kind == "invited")
    return db.session.scalars(mine.options(joinedload(Approach.person))).all()


def requests_of(person: Person, hackathon: Hackathon) -> Sequence[Approach]:
    """The teams somebody has asked."""
    asked = _living().where(Approach.kind == "asked", Approach.person_id == person.id)
    return db.session.scalars(asked.where(Team.hackathon_id == hackathon.id)).all()


def invitations_to(person: Person, hackathon: Hackathon | None = None) -> Sequence[Approach]:
    """Invitations to this person or to the address they have proved, of one hackathon or all."""
    theirs = [Approach.person_id == person.id]
    if person.email is not None:
        theirs.append(Approach.email == person.email)
    chosen = _living().where(Approach.kind == "invited", or_(*theirs))
    return db.session.scalars(chosen.where(Team.hackathon_id == hackathon.id) if hackathon else chosen).all()


def declined_until(team: Team, person: Person, after: datetime) -> datetime | None:
    """When this team last declined to take this person, if later than `after`."""
    return db.session.scalar(
        select(func.max(Approach.decided_at)).where(
            Approach.team_id == team.id, Approach.person_id == person.id, Approach.kind == "asked",
            Approach.state == "declined", Approach.decided_at > after,
        )
    )  # fmt: skip


def count_open_requests(person: Person, hackathon: Hackathon) -> int:
    return len(requests_of(person, hackathon))


def count_invitations_since(team: Team, since: datetime) -> int:
    counted = select(func.count()).where(
        Approach.team_id == team.id, Approach.kind == "invited", Approach.made_at > since
    )
    return db.session.scalar(counted) or 0


def open_requests_by_team(hackathon: Hackathon) -> dict[int, int]:
    """How many wait at each team."""
    rows = db.session.execute(
        select(Approach.team_id, func.count())
        .join(Team, Team.id == Approach.team_id)
        .where(Team.hackathon_id == hackathon.id, Approach.kind == "asked", Approach.state == "open")
        .group_by(Approach.team_id)
    )
    return {team_id: number for team_id, number in rows}


def _living() -> Select[Approach]:
    return (
        select(Approach)
        .join(Team, Team.id == Approach.team_id)
        .where(
            Approach.state == "open", Team.dissolved_at.is_(None),
            or_(Approach.expires_at.is_(None), Approach.expires_at > now()),
        )
        .options(joinedload(Approach.team).joinedload(Team.hackathon))
        .order_by(Approach.id)
    )  # fmt: skip
