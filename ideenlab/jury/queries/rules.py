"""The rules as one text that can be hashed, the versions of it that were frozen, and the prizes."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ideenlab.core.db import LARGEST_ID, db, find
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import canonical_json
from ideenlab.jury.models import Ballot, Criterion, Juror, JuryRules, JuryRulesVersion, Prize, PrizeCriterion
from ideenlab.jury.queries.panel import rules_of

FORMAT = "ideenlab-jury-rules-1"


def rules_content(hackathon: Hackathon) -> str:
    """The rules as they stand in the tables now, in the canonical JSON whose SHA-256 is published."""
    fresh = {"populate_existing": True}  # what this session has read before may be older
    rules = db.session.get(JuryRules, hackathon.id, populate_existing=True) or rules_of(hackathon)
    of_hackathon = select(Criterion).where(Criterion.hackathon_id == hackathon.id)
    criteria = db.session.scalars(of_hackathon, execution_options=fresh).all()
    return canonical_json(content_of(hackathon.slug, rules, criteria, prizes_of(hackathon)))


def content_of(slug: str, rules: JuryRules, criteria: Iterable[Criterion], prizes: Iterable[Prize]) -> dict[str, Any]:
    """What is written down of the rules. The order in which rows come changes nothing.

    Points and weights are decimals as text. `number` is the one a criterion or prize keeps in all versions; a prize
    without criteria of its own counts all of them with their weights.
    """
    ordered = sorted(criteria, key=lambda criterion: (criterion.position, criterion.id))
    place = {criterion.id: number for number, criterion in enumerate(ordered)}
    return {
        "format": FORMAT,
        "hackathon": slug,
        "version": rules.version,
        "reason": rules.reason,
        "rules": _terms(rules),
        "criteria": [_criterion(criterion, len(rules.levels)) for criterion in ordered],
        "prizes": [
            _prize(prize, place) for prize in sorted(prizes, key=lambda prize: (prize.position, prize.id))
        ],
    }  # fmt: skip


def _terms(rules: JuryRules) -> dict[str, Any]:
    return {
        "lowest": _points(rules.lowest_half_points),
        "highest": _points(rules.highest_half_points),
        "step": _points(rules.step_half_points),
        "quorum": rules.quorum,
        "missing": rules.missing,
        "aggregate": rules.aggregate,
        "ties": rules.ties,
        "conflicts": rules.conflicts,
        "panel": rules.panel,
        "ballots_each": rules.ballots_each if rules.panel == "plan" else None,
        "feedback_required": rules.feedback_required,
        "audience": rules.audience,
        "shows_bands": rules.shows_bands,
    }


def _points(half_points: int) -> str:
    return f"{half_points / 2:g}"


def _decimal(weight: Decimal) -> str:
    """1, 1.0 and 1.00 are the same weight."""
    return format(weight.normalize(), "f")


def _criterion(criterion: Criterion, levels: int) -> dict[str, Any]:
    sentences = criterion.levels.split("\n")[:levels]
    return {
        "number": criterion.id,
        "title": criterion.title,
        "question": criterion.question,
        "weight": _decimal(criterion.weight),
        "levels": sentences + [""] * (levels - len(sentences)),
    }


def _prize(prize: Prize, place: dict[int, int]) -> dict[str, Any]:
    own = sorted(prize.criteria, key=lambda each: place[each.criterion_id])
    challenge = prize.challenge
    return {
        "number": prize.id,
        "title": prize.title,
        "description": prize.description,
        "challenge": challenge and {"number": challenge.id, "title": challenge.title},
        "places": prize.places,
        "criteria": [{"number": each.criterion_id, "weight": _decimal(each.weight)} for each in own],
    }


def shares_of(content: dict[str, Any]) -> dict[int, Fraction]:
    """What part of a ballot's total each criterion of a written-down version is, by its number."""
    weights = {criterion["number"]: Fraction(criterion["weight"]) for criterion in content["criteria"]}
    return {number: weight / sum(weights.values()) for number, weight in weights.items()}


def versions_of(hackathon: Hackathon) -> Sequence[JuryRulesVersion]:
    """The versions that were frozen, the newest first."""
    of_hackathon = select(JuryRulesVersion).where(JuryRulesVersion.hackathon_id == hackathon.id)
    return db.session.scalars(of_hackathon.order_by(JuryRulesVersion.number.desc())).all()


def get_version(hackathon: Hackathon, number: int) -> JuryRulesVersion:
    found = db.session.scalar(
        select(JuryRulesVersion).where(
            JuryRulesVersion.hackathon_id == hackathon.id, JuryRulesVersion.number == min(number, LARGEST_ID)
        )
    )
    if found is None:
        raise NotFound
    return found


def is_frozen(hackathon: Hackathon) -> bool:
    """The version that holds was written down, with the first ballot or when it came into force."""
    version = _version(hackathon)
    written = select(JuryRulesVersion.id).where(
        JuryRulesVersion.hackathon_id == hackathon.id, JuryRulesVersion.number == version
    )
    scored = (  # before there were versions, a ballot alone froze the rules
        select(Ballot.id)
        .join(Juror, Juror.id == Ballot.juror_id)
        .where(Juror.hackathon_id == hackathon.id, Ballot.rules_version == version)
    )
    return bool(db.session.scalar(select(or_(written.exists(), scored.exists()))))


def is_being_changed(hackathon: Hackathon) -> bool:
    """An organiser has opened a new version and not put it in force yet."""
    version = rules_of(hackathon).version
    if version == 1:  # frozen by the first ballot, not by hand
        return False
    written = select(func.count()).where(
        JuryRulesVersion.hackathon_id == hackathon.id, JuryRulesVersion.number == version
    )
    return db.session.scalar(written) == 0


def _version(hackathon: Hackathon) -> Any:
    stored = select(JuryRules.version).where(JuryRules.hackathon_id == hackathon.id).scalar_subquery()
    return func.coalesce(stored, 1)


def rules_text_in_force(hackathon: Hackathon) -> str:
    """What everybody reads: the newest version that was written down, before the first ballot the rules as they stand.

    So while a new version is prepared it is the one before.
    """
    written = versions_of(hackathon)
    return written[0].content if written else rules_content(hackathon)


def rules_in_force(hackathon: Hackathon) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rules_text_in_force(hackathon))
    return found


def prizes_of(hackathon: Hackathon) -> Sequence[Prize]:
    """In the order in which they were set. None: there is one, for the order as a whole."""
    return db.session.scalars(
        select(Prize)
        .where(Prize.hackathon_id == hackathon.id)
        .options(joinedload(Prize.challenge), selectinload(Prize.criteria).joinedload(PrizeCriterion.criterion))
        .order_by(Prize.position, Prize.id)
        .execution_options(populate_existing=True)
    ).all()


def get_prize(hackathon: Hackathon, prize_id: int) -> Prize:
    prize = find(Prize, prize_id)
    if prize is None or prize.hackathon_id != hackathon.id:
        raise NotFound
    return prize


def with_criteria(but: Hackathon) -> Sequence[Hackathon]:
    """Other hackathons whose jury has criteria, the newest first; no rehearsals."""
    known = select(Criterion.hackathon_id).where(Criterion.hackathon_id != but.id)
    others = select(Hackathon).where(Hackathon.id.in_(known), Hackathon.rehearsal_of_id.is_(None))
    return db.session.scalars(others.order_by(Hackathon.starts_at.desc(), Hackathon.id)).all()
