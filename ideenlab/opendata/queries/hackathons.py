"""Hackathons, their challenges, prototypes and results, once everybody may see them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.challenges.models import Challenge
from ideenlab.challenges.queries import get_challenge
from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import Page
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_hackathon, hackathons
from ideenlab.jury.models import Result
from ideenlab.opendata.queries.paging import cut, page_of, things
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.queries import get_prototype, latest_hand_in
from ideenlab.prototypes.rules import may_see_every_prototype, may_see_prototype

PUBLIC = (Hackathon.published_at.is_not(None), Hackathon.rehearsal_of_id.is_(None))


def page_of_hackathons(**paging: Any) -> Page[Hackathon]:
    return things(select(Hackathon).where(*PUBLIC).options(joinedload(Hackathon.edition)), Hackathon.id, **paging)


def read_hackathon(slug: str) -> Hackathon:
    hackathon = get_hackathon(slug)
    if hackathon.rehearsal_of_id:
        raise NotFound
    return hackathon


def _of_hackathon(statement: Any, model: Any, filters: Mapping[str, Any]) -> Any:
    chosen = statement.join(Hackathon, Hackathon.id == model.hackathon_id).where(*PUBLIC)
    return chosen.where(Hackathon.slug == filters["hackathon"]) if filters.get("hackathon") else chosen


def page_of_challenges(filters: Mapping[str, Any], **paging: Any) -> Page[Challenge]:
    chosen = _of_hackathon(select(Challenge), Challenge, filters)
    chosen = chosen.where(Challenge.published_at.is_not(None), Challenge.withdrawn_at.is_(None))
    chosen = chosen.options(joinedload(Challenge.hackathon), joinedload(Challenge.given_by))
    return things(chosen, Challenge.id, **paging)


def read_challenge(challenge_id: int) -> Challenge:
    challenge = get_challenge(challenge_id)
    is_shown = challenge.published_at and not challenge.withdrawn_at
    if not is_shown or not challenge.hackathon.published_at or challenge.hackathon.rehearsal_of_id:
        raise NotFound
    return challenge


def page_of_prototypes(
    filters: Mapping[str, Any], *, order: str, cursor: str, limit: int
) -> Page[tuple[Prototype, HandIn]]:  # fmt: skip
    """The version that counts, of hackathons whose gallery is open."""
    at = now()
    open_ones = [each.id for each in hackathons() if may_see_every_prototype(None, each, at)]
    newest = select(HandIn.prototype_id, func.max(HandIn.number).label("number")).group_by(HandIn.prototype_id)
    last = newest.subquery()
    chosen = (
        _of_hackathon(select(Prototype, HandIn), Prototype, filters)
        .join(HandIn, HandIn.prototype_id == Prototype.id)
        .join(last, (last.c.prototype_id == HandIn.prototype_id) & (last.c.number == HandIn.number))
        .where(Prototype.hackathon_id.in_(open_ones), Prototype.hidden_at.is_(None))
        .options(joinedload(Prototype.team), joinedload(Prototype.hackathon))
    )
    found = db.session.execute(cut(chosen, Prototype.id, order=order, cursor=cursor, limit=limit))
    rows = [(prototype, hand_in) for prototype, hand_in in found]
    return page_of(rows, [prototype.id for prototype, _hand_in in rows], order=order, limit=limit)


def read_prototype(prototype_id: int) -> tuple[Prototype, HandIn]:
    prototype = get_prototype(prototype_id)
    hand_in = latest_hand_in(prototype)
    is_public = prototype.hackathon.published_at and not prototype.hackathon.rehearsal_of_id
    if hand_in is None or not is_public or not may_see_prototype(None, prototype, now()):
        raise NotFound
    return prototype, hand_in


def page_of_results(filters: Mapping[str, Any], **paging: Any) -> Page[Result]:
    """Published ones, also those withdrawn since."""
    chosen = _of_hackathon(select(Result), Result, filters).where(Result.published_at.is_not(None))
    return things(chosen.options(joinedload(Result.hackathon)), Result.id, **paging)


def read_result(result_id: int) -> Result:
    result = find(Result, result_id)
    if result is None or result.published_at is None:
        raise NotFound
    if not result.hackathon.published_at or result.hackathon.rehearsal_of_id:
        raise NotFound
    return result


def latest_results(limit: int) -> Sequence[Result]:
    """Those that hold, the latest first."""
    chosen = select(Result).join(Hackathon).where(*PUBLIC, Result.published_at.is_not(None))
    chosen = chosen.where(Result.withdrawn_at.is_(None)).options(joinedload(Result.hackathon))
    return db.session.scalars(chosen.order_by(Result.published_at.desc(), Result.id.desc()).limit(limit)).all()
