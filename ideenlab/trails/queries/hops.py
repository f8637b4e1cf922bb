"""How far ideas came: one statement for each kind of hop, over everything that everybody may see now."""

from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, case, exists, func, literal, select, union
from sqlalchemy.orm import aliased

from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db, this_moment
from ideenlab.hackathons.models import Hackathon
from ideenlab.ideas.models import CoAuthor, Idea
from ideenlab.jury.models import Result
from ideenlab.prototypes.models import HandIn, Prototype, PrototypeChallenge
from ideenlab.teams.models import Team
from ideenlab.trails.models import HOPS, Hop, Outcome

READABLE = ("published", "merged")
FAR = ("prototype", "verdict", "outcome")  # what is worth a line on other pages


def shown_challenge() -> tuple[Any, ...]:
    """Needs Challenge and Hackathon in the statement."""
    return (
        Challenge.published_at.is_not(None), Challenge.withdrawn_at.is_(None), Hackathon.published_at.is_not(None),
        Hackathon.rehearsal_of_id.is_(None),
    )  # fmt: skip


def shown_prototype() -> tuple[Any, ...]:
    """What the gallery shows: handed in, the deadline over, not hidden. Needs Prototype and Hackathon."""
    version = aliased(HandIn)
    return (
        Prototype.hidden_at.is_(None), Hackathon.gallery_shown_at.is_not(None),
        Hackathon.submission_until <= this_moment(), exists().where(version.prototype_id == Prototype.id),
    )  # fmt: skip


def result_holds() -> tuple[Any, ...]:
    """Published, not withdrawn, and the latest of its hackathon."""
    later = aliased(Result)
    is_later = exists().where(
        later.hackathon_id == Result.hackathon_id, later.number > Result.number, later.published_at.is_not(None),
        later.withdrawn_at.is_(None),
    )  # fmt: skip
    return Result.published_at.is_not(None), Result.withdrawn_at.is_(None), ~is_later


def reached(kind: str) -> Select[Any]:
    """Idea, thing and moment of everything of this kind that stands now."""
    build = {
        "challenge": _challenges, "team": _teams, "prototype": _prototypes, "verdict": _verdicts, "outcome": _outcomes,
    }  # fmt: skip
    return build[kind]()


def _grown(thing: Any, moment: Any) -> Select[Any]:
    return (
        select(Challenge.idea_id.label("idea_id"), thing.label("thing_id"), moment.label("moment"))
        .select_from(Challenge)
        .join(Hackathon, Hackathon.id == Challenge.hackathon_id)
        .join(Idea, Idea.id == Challenge.idea_id)
        .where(Idea.state.in_(READABLE), *shown_challenge())
    )


def _challenges() -> Select[Any]:
    return _grown(Challenge.id, Challenge.published_at)


def _teams() -> Select[Any]:
    """When a team chose, nobody wrote down; long after the hackathon it is no news."""
    chose = and_(Team.challenge_id == Challenge.id, Team.dissolved_at.is_(None))
    return _grown(Team.id, Hackathon.ends_at).join(Team, chose)


def _with_prototypes(thing: Any, moment: Any) -> Select[Any]:
    return (
        _grown(thing, moment)
        .join(PrototypeChallenge, PrototypeChallenge.challenge_id == Challenge.id)
        .join(Prototype, Prototype.id == PrototypeChallenge.prototype_id)
        .where(*shown_prototype())
    )


def _prototypes() -> Select[Any]:
    return _with_prototypes(Prototype.id, Hackathon.gallery_shown_at)


def _verdicts() -> Select[Any]:
    joined = _with_prototypes(Result.id, Result.published_at).join(Result, Result.hackathon_id == Hackathon.id)
    return joined.where(*result_holds())


def _outcomes() -> Select[Any]:
    told = and_(Outcome.prototype_id == Prototype.id, Outcome.withdrawn_at.is_(None))
    return _with_prototypes(Outcome.id, Outcome.told_on).join(Outcome, told)


def new_hops(kind: str) -> list[Any]:
    """Rows of idea, thing and moment that are not written down yet."""
    standing = reached(kind).distinct().subquery()
    known = and_(Hop.idea_id == standing.c.idea_id, Hop.kind == kind, Hop.thing_id == standing.c.thing_id)
    rows = select(standing.c.idea_id, standing.c.thing_id, standing.c.moment).outerjoin(Hop, known)
    ordered = rows.where(Hop.id.is_(None)).order_by(standing.c.idea_id, standing.c.thing_id)
    return list(db.session.execute(ordered))


def ideas_with_trails() -> list[int]:
    """The numbers of published ideas that came at least as far as a challenge."""
    grown = reached("challenge").where(Idea.state == "published").subquery()
    return sorted(db.session.scalars(select(grown.c.idea_id).distinct()))


def hops_to_tell() -> list[int]:
    """The numbers of hops that nobody was told of and that still stand."""
    untold = union(*(_standing(kind).where(Hop.told_at.is_(None)) for kind in HOPS)).subquery()
    return sorted(db.session.scalars(select(untold.c[0])))


def _standing(kind: str) -> Select[Any]:
    now_reached = reached(kind).distinct().subquery()
    same = and_(Hop.idea_id == now_reached.c.idea_id, Hop.kind == kind, Hop.thing_id == now_reached.c.thing_id)
    return select(Hop.id).join(now_reached, same)


def latest_news(most: int = 3) -> list[tuple[Idea, str]]:
    """Ideas that came as far as a prototype, each once with its furthest hop, the latest first. One statement."""
    return [(idea, kind) for idea, kind in db.session.execute(_latest(), {"most": most})]


@cache
def _latest() -> Any:
    standing = union(*(_standing(kind) for kind in FAR)).subquery()
    rank = case({kind: place for place, kind in enumerate(HOPS)}, value=Hop.kind)
    turn = func.row_number().over(partition_by=Hop.idea_id, order_by=(rank.desc(), Hop.id.desc()))
    ranked = (
        select(Hop.id.label("id"), Hop.idea_id.label("idea_id"), Hop.kind.label("kind"), turn.label("turn"))
        .where(Hop.id.in_(select(standing.c[0])))
        .subquery()
    )
    return (
        select(Idea, ranked.c.kind)
        .join(ranked, ranked.c.idea_id == Idea.id)
        .where(ranked.c.turn == literal(1))
        .order_by(ranked.c.id.desc())
        .limit(bindparam("most", type_=Integer))
    )


def authors_of(idea: Idea) -> Select[Any]:
    """The numbers of those who wrote it or wrote along, also of what was joined into it."""
    parts = select(Idea.id).where((Idea.id == idea.id) | (Idea.merged_into_id == idea.id))
    everybody = union(
        select(Idea.author_id).where(Idea.id.in_(parts), Idea.author_id.is_not(None)),
        select(CoAuthor.person_id).where(CoAuthor.idea_id.in_(parts), CoAuthor.state == "accepted"),
    ).subquery()
    return select(everybody.c[0])
