"""The board on which teams look for people and people for teams."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge, ChallengeWish
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.text import fold
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.teams.models import BoardNotice, Team


def get_notice(notice_id: int) -> BoardNotice:
    found = find(BoardNotice, notice_id)
    if found is None or found.closed_at:
        raise NotFound
    return found


def notice_key(hackathon: Hackathon, person: Person, team: Team | None) -> str:
    """One open notice of each team, and of each person without one."""
    return f"{hackathon.id}:t{team.id}" if team else f"{hackathon.id}:p{person.id}"


def find_notice_of(person: Person, hackathon: Hackathon, team: Team | None) -> BoardNotice | None:
    return db.session.scalar(select(BoardNotice).where(BoardNotice.open_key == notice_key(hackathon, person, team)))


def people_on_the_board(hackathon: Hackathon) -> set[int]:
    """Who without a team has written a notice that is open."""
    own = select(BoardNotice.person_id).where(
        BoardNotice.hackathon_id == hackathon.id, BoardNotice.team_id.is_(None), BoardNotice.closed_at.is_(None)
    )
    return set(db.session.scalars(own))


def wishes_of(hackathon: Hackathon) -> dict[int, list[str]]:
    """The challenges people would like to work on, the first wish first, by the number of their registration."""
    rows = db.session.execute(
        select(ChallengeWish.registration_id, Challenge.title)
        .join(Challenge, Challenge.id == ChallengeWish.challenge_id)
        .where(Challenge.hackathon_id == hackathon.id)
        .order_by(ChallengeWish.registration_id, ChallengeWish.rank)
    )
    found: dict[int, list[str]] = {}
    for registration_id, title in rows:
        found.setdefault(registration_id, []).append(title)
    return found


def visible_notices(
    hackathon: Hackathon, *, kind: str = "", skill: str = "", challenge: Challenge | None = None
) -> Sequence[BoardNotice]:
    """What hangs on the board, newest first: of teams with a free place (`team`), of people without one (`person`).

    Closed and hidden ones do not, nor those of full teams and of people who gave back their place
    or whose account is closed.
    """
    searching = (
        select(Registration.person_id)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.hackathon_id == hackathon.id, Registration.state == "registered", ~Registration.in_team,
            Person.state == "active",
        )
    )  # fmt: skip
    of_team = (Team.dissolved_at.is_(None)) & (Team.member_count < hackathon.team_size_max)
    of_person = BoardNotice.team_id.is_(None) & BoardNotice.person_id.in_(searching)
    chosen = (
        select(BoardNotice)
        .outerjoin(Team, Team.id == BoardNotice.team_id)
        .where(BoardNotice.hackathon_id == hackathon.id, BoardNotice.closed_at.is_(None))
        .where(BoardNotice.hidden_at.is_(None))
        .where({"team": BoardNotice.team_id.is_not(None) & of_team, "person": of_person}.get(
            kind, or_(BoardNotice.team_id.is_not(None) & of_team, of_person)
        ))
        .options(joinedload(BoardNotice.person), joinedload(BoardNotice.team), joinedload(BoardNotice.challenge))
        .order_by(BoardNotice.id.desc())
    )  # fmt: skip
    if challenge is not None:
        chosen = chosen.where(BoardNotice.challenge_id == challenge.id)
    for word in fold(skill).split():
        chosen = chosen.where(BoardNotice.skills_folded.contains(word, autoescape=True))
    return db.session.scalars(chosen).all()


def hidden_notices(limit: int) -> list[int]:
    """The latest that the moderation took down."""
    hidden = select(BoardNotice.id).where(BoardNotice.hidden_at.is_not(None), BoardNotice.closed_at.is_(None))
    return list(db.session.scalars(hidden.order_by(BoardNotice.hidden_at.desc(), BoardNotice.id.desc()).limit(limit)))
