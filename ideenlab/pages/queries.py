from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, bindparam, case, func, select

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.events.models import Event, SignUp
from ideenlab.hackathons.models import AgendaItem, Hackathon, Question, Registration
from ideenlab.hackathons.queries import hackathons, status_of
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.queries import call_stage, calls
from ideenlab.jury.models import Criterion, Juror, Result
from ideenlab.mentors.models import HelpRequest, Mentor
from ideenlab.moderation.models import Case
from ideenlab.partners.models import Participation, Partner
from ideenlab.programme.models import Edition
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.teams.models import Team

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, ScalarSelect, Select

LEAST_SHOWN = 5  # fewer people are not told as a number
WAITING = ("requested", "waiting", "offered")


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
    return Figures(*(int(value) for value in db.session.execute(_figures()).one()))


@cache
def _figures() -> "Select[Any]":
    are_points = Call.support_mode == "points"
    ideas = select(
        func.count(Idea.id).label("ideas"),
        func.coalesce(func.sum(case((are_points, 0), else_=Idea.support_count)), 0).label("supports"),
        func.coalesce(func.sum(case((are_points, Idea.support_count), else_=0)), 0).label("points"),
    )
    given = ideas.join(Call, Call.id == Idea.call_id).where(Idea.state == "published").subquery()
    rehearsed = select(Hackathon.id).where(Hackathon.rehearsal_of_id.is_not(None))
    living = (Team.dissolved_at.is_(None), Team.member_count > 0, Team.hackathon_id.not_in(rehearsed))
    teams = select(func.count(Team.id)).where(*living).scalar_subquery()
    handed_in = select(func.count(HandIn.prototype_id.distinct())).join(Prototype)
    prototypes = handed_in.where(Prototype.hackathon_id.not_in(rehearsed)).scalar_subquery()
    return select(given.c.ideas, given.c.supports, given.c.points, teams, prototypes)


@dataclass(frozen=True)
class WeekFigures:
    """What came together in one edition."""

    events: int
    partners: int
    participants: int  # places in events and hackathons
    ideas: int
    supports: int
    prototypes: int

    @property
    def is_empty(self) -> bool:
        return not (self.events or self.partners or self.participants or self.ideas or self.prototypes)


def week_figures(edition: Edition) -> WeekFigures:
    """In one statement."""
    row = db.session.execute(_week_figures(), {"edition_id": edition.id}).one()
    events, partners, registered, signed_up, ideas, supported, prototypes = (int(value) for value in row)
    return WeekFigures(events, partners, registered + signed_up, ideas, supported, prototypes)


@cache
def _week_figures() -> "Select[Any]":
    week = bindparam("edition_id", type_=Integer)
    here = Hackathon.edition_id == week
    held = select(Hackathon.id).where(here, Hackathon.rehearsal_of_id.is_(None), Hackathon.published_at.is_not(None))
    calls_here = select(Call.id).where(Call.edition_id == week)
    yes = select(Call.id).where(Call.edition_id == week, Call.support_mode != "points")
    given = (Idea.call_id.in_(calls_here), Idea.state == "published")
    shown = select(Event.id).where(Event.edition_id == week, Event.state == "published")
    supports = select(func.coalesce(func.sum(Idea.support_count), 0)).where(
        Idea.call_id.in_(yes), Idea.state == "published"
    )
    handed_in = select(func.count(HandIn.prototype_id.distinct())).join(Prototype)
    return select(
        _count(Event.id.in_(shown)),
        _count(
            Participation.edition_id == week, Participation.partner_id == Partner.id, Partner.published_at.is_not(None)
        ),
        _count(Registration.hackathon_id.in_(held), Registration.state == "registered"),
        _count(SignUp.event_id.in_(shown), SignUp.state == "registered"),
        _count(*given),
        supports.scalar_subquery(),
        handed_in.where(Prototype.hackathon_id.in_(held)).scalar_subquery(),
    )


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
    return [(hackathon, result) for hackathon, result in db.session.execute(_results(), {"most": limit})]


@cache
def _results() -> "Select[Hackathon, Result]":
    newest = (
        select(Result.hackathon_id, func.max(Result.number).label("number"))
        .where(Result.published_at.is_not(None), Result.withdrawn_at.is_(None))
        .group_by(Result.hackathon_id)
        .subquery()
    )
    return (
        select(Hackathon, Result)
        .join(Result, Result.hackathon_id == Hackathon.id)
        .join(newest, (newest.c.hackathon_id == Result.hackathon_id) & (newest.c.number == Result.number))
        .where(Hackathon.rehearsal_of_id.is_(None))
        .order_by(Result.published_at.desc(), Result.id.desc())
        .limit(bindparam("most", type_=Integer))
    )


def juries_of(person: Person) -> list[Hackathon]:
    """The hackathons whose jury this person is on."""
    mine = select(Hackathon).join(Juror, Juror.hackathon_id == Hackathon.id)
    mine = mine.where(Juror.person_id == person.id, Juror.removed_at.is_(None))
    return list(db.session.scalars(mine.order_by(Hackathon.starts_at.desc(), Hackathon.id.desc())))


@dataclass(frozen=True)
class SetUp:
    """How many of what a hackathon should have were set up so far."""

    challenges: int
    agenda: int
    criteria: int
    jurors: int
    mentors: int
    questions: int


def set_up_figures(hackathon: Hackathon) -> SetUp:
    """In one statement."""
    number = hackathon.id
    counted = [
        _count(Challenge.hackathon_id == number, Challenge.published_at.is_not(None), Challenge.withdrawn_at.is_(None)),
        _count(AgendaItem.hackathon_id == number),
        _count(Criterion.hackathon_id == number),
        _count(Juror.hackathon_id == number, Juror.removed_at.is_(None)),
        _count(Mentor.hackathon_id == number, Mentor.ended_at.is_(None)),
        _count(Question.hackathon_id == number),
    ]
    return SetUp(*(int(value) for value in db.session.execute(select(*counted)).one()))


@dataclass(frozen=True)
class DayFigures:
    """What organisers look at in the hall: how many people and teams, and what waits for somebody."""

    checked_in: int
    requested: int
    waiting: int
    offered: int
    without_team: int
    teams: int
    handed_in: int
    help_asked: int
    jurors_missing: int
    cases: int


def day_figures(hackathon: Hackathon) -> DayFigures:
    """In one statement."""
    number = hackathon.id
    registered = (Registration.hackathon_id == number, Registration.state == "registered")
    living = (Team.hackathon_id == number, Team.dissolved_at.is_(None))
    counted = [
        _count(*registered, Registration.checked_in_at.is_not(None)),
        *(_count(Registration.hackathon_id == number, Registration.state == state) for state in WAITING),
        _count(*registered, ~Registration.in_team),
        _count(*living),
        _count(*living, Team.handed_in_at.is_not(None)),
        _count(HelpRequest.hackathon_id == number, HelpRequest.state == "open"),
        _count(Juror.hackathon_id == number, Juror.removed_at.is_(None), Juror.accepted_at.is_(None)),
        _count(Case.closed_at.is_(None)),
    ]
    return DayFigures(*(int(value) for value in db.session.execute(select(*counted)).one()))


def _count(*conditions: "ColumnElement[bool]") -> "ScalarSelect[int]":
    return select(func.count()).where(*conditions).scalar_subquery()
