"""Prizes: each is a rule of its own that names winners. Where there are none, there is one for the order as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.changing import begin_change, move
from ideenlab.jury.actions.criteria import check_weight
from ideenlab.jury.models import Criterion, Prize, PrizeCriterion
from ideenlab.jury.queries import criteria_of, prizes_of
from ideenlab.jury.rules import may_set_rules

MOST_PRIZES = 12
MOST_PLACES = 10


@dataclass(frozen=True)
class PrizeTerms:
    """What a prize is for. No `weights`: all criteria with the weights they have."""

    title: str
    description: str = ""
    challenge: Challenge | None = None
    places: int = 1
    weights: Mapping[Criterion, Decimal] | None = None


def add_prize(organiser: Person, *, hackathon: Hackathon, terms: PrizeTerms, revision: int) -> Prize:
    require(may_set_rules(organiser, hackathon))
    begin_change(hackathon, revision, mine=_told(terms))
    _check(hackathon, terms)
    last = max((prize.position for prize in prizes_of(hackathon)), default=-1)
    prize = Prize(hackathon=hackathon, position=last + 1)
    db.session.add(_write(prize, terms))
    record(organiser, "jury.prize_added", prize)
    return prize


def edit_prize(organiser: Person, *, prize: Prize, terms: PrizeTerms, revision: int) -> None:
    require(may_set_rules(organiser, prize.hackathon))
    begin_change(prize.hackathon, revision, mine=_told(terms))
    _check(prize.hackathon, terms, but=prize)
    prize.criteria.clear()
    db.session.flush()
    _write(prize, terms)
    record(organiser, "jury.prize_edited", prize)
    db.session.flush()


def remove_prize(organiser: Person, *, prize: Prize, revision: int) -> None:
    require(may_set_rules(organiser, prize.hackathon))
    begin_change(prize.hackathon, revision)
    record(organiser, "jury.prize_removed", prize, note=prize.title)
    db.session.delete(prize)
    db.session.flush()


def move_prize(organiser: Person, *, prize: Prize, steps: int, revision: int) -> None:
    """Up by negative steps, down by positive ones; at an end nothing happens."""
    require(may_set_rules(organiser, prize.hackathon))
    begin_change(prize.hackathon, revision)
    move(prizes_of(prize.hackathon), prize, steps)


def _write(prize: Prize, terms: PrizeTerms) -> Prize:
    prize.title, prize.description, prize.places = terms.title, terms.description, terms.places
    prize.challenge = terms.challenge
    prize.criteria.extend(PrizeCriterion(criterion=c, weight=weight) for c, weight in (terms.weights or {}).items())
    return prize


def _check(hackathon: Hackathon, terms: PrizeTerms, *, but: Prize | None = None) -> None:
    others = [prize for prize in prizes_of(hackathon) if prize is not but]
    if any(fold(prize.title) == fold(terms.title) for prize in others):
        raise Invalid(_("There is a prize with this title already."), field="title")
    if len(others) >= MOST_PRIZES:
        raise Invalid(_("At most %(most)s prizes, please.", most=MOST_PRIZES))
    if not 1 <= terms.places <= MOST_PLACES:
        raise Invalid(_("Please give a whole number from 1 to %(most)s.", most=MOST_PLACES), field="places")
    if terms.challenge and terms.challenge.hackathon_id != hackathon.id:
        raise Invalid(_("This challenge belongs to another hackathon."), field="challenge")
    if terms.weights is not None:
        _check_weights(hackathon, terms.weights)


def _check_weights(hackathon: Hackathon, weights: Mapping[Criterion, Decimal]) -> None:
    if not weights:
        raise Invalid(_("Please choose at least one criterion, or all of them."), field="criteria")
    for criterion, weight in weights.items():
        if criterion not in criteria_of(hackathon):
            raise Invalid(_("This criterion belongs to another hackathon."), field="criteria")
        check_weight(weight, field=f"weight-{criterion.id}")


def _told(terms: PrizeTerms) -> dict[str, object]:
    return {
        _("Title"): terms.title,
        _("Description"): terms.description,
        _("Challenge"): terms.challenge.title if terms.challenge else "–",
        _("Places that win something"): terms.places,
    }
