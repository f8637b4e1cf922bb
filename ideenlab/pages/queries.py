from dataclasses import dataclass

from sqlalchemy import case, func, select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import hackathons, status_of
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.queries import call_stage, calls
from ideenlab.jury.models import Juror, Result
from ideenlab.prototypes.models import HandIn
from ideenlab.teams.models import Team


@dataclass(frozen=True)
class Figures:
    """What has come together so far, over all editions."""

    ideas: int
    supports: int
    points: int  # of the calls in which people spread points
    teams: int
    prototypes: int


def figures() -> Figures:
    """In one statement."""
    are_points = Call.support_mode == "points"
    ideas = select(
        func.count(Idea.id).label("ideas"),
        func.coalesce(func.sum(case((are_points, 0), else_=Idea.support_count)), 0).label("supports"),
        func.coalesce(func.sum(case((are_points, Idea.support_count), else_=0)), 0).label("points"),
    )
    given = ideas.join(Call, Call.id == Idea.call_id).where(Idea.state == "published").subquery()
    teams = select(func.count(Team.id)).where(Team.dissolved_at.is_(None), Team.member_count > 0).scalar_subquery()
    prototypes = select(func.count(HandIn.prototype_id.distinct())).scalar_subquery()
    row = db.session.execute(select(given.c.ideas, given.c.supports, given.c.points, teams, prototypes)).one()
    return Figures(*(int(value) for value in row))


def calls_by_stage() -> dict[str, list[Call]]:
    """The calls that are `open`, `coming` and `over`, each in the order of `calls()`."""
    at = now()
    found: dict[str, list[Call]] = {"open": [], "coming": [], "over": []}
    for call in calls():
        found[call_stage(call, at)].append(call)
    return found


def hackathons_on_stage() -> list[tuple[Hackathon, str]]:
    """Those whose result is not out yet, with their status, what runs before what is to come."""
    at = now()
    found = [(hackathon, status_of(hackathon, at)) for hackathon in reversed(hackathons())]
    return [(hackathon, status) for hackathon, status in found if status != "past"]


def published_results(limit: int = 3) -> list[tuple[Hackathon, Result]]:
    """Hackathons with a published result, the latest first."""
    newest = (
        select(Result.hackathon_id, func.max(Result.number).label("number")).group_by(Result.hackathon_id).subquery()
    )
    rows = db.session.execute(
        select(Hackathon, Result)
        .join(Result, Result.hackathon_id == Hackathon.id)
        .join(newest, (newest.c.hackathon_id == Result.hackathon_id) & (newest.c.number == Result.number))
        .order_by(Result.published_at.desc(), Result.id.desc())
        .limit(limit)
    )
    return [(hackathon, result) for hackathon, result in rows]


def juries_of(person: Person) -> list[Hackathon]:
    """The hackathons whose jury this person is on."""
    mine = select(Hackathon).join(Juror, Juror.hackathon_id == Hackathon.id)
    mine = mine.where(Juror.person_id == person.id, Juror.removed_at.is_(None))
    return list(db.session.scalars(mine.order_by(Hackathon.starts_at.desc(), Hackathon.id.desc())))
