"""Organisers set by what rules the jury scores, until the first ballot is saved."""

import json
from dataclasses import asdict, dataclass

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.changing import begin_change
from ideenlab.jury.maths import AGGREGATES, MEAN
from ideenlab.jury.models import HIGHEST_SCALE
from ideenlab.jury.queries import rules_content, terms_in_words
from ideenlab.jury.rules import may_set_rules

MISSING = ("left_out", "not_counted")
TIE_RULES = ("criterion", "comparison", "shared")
PANELS = ("full", "plan")
AUDIENCES = ("everybody", "teams")


@dataclass(frozen=True)
class Terms:
    """The rules without criteria and prizes. `highest`: the top of the scale in whole points."""

    highest: int = 5
    half_points: bool = True
    quorum: int = 3
    missing: str = "left_out"
    aggregate: str = MEAN
    ties: str = "criterion"
    conflicts: str = ""
    panel: str = "full"
    ballots_each: int = 5
    feedback_required: bool = False
    audience: str = "everybody"
    shows_bands: bool = False


def set_jury_rules(organiser: Person, *, hackathon: Hackathon, terms: Terms, revision: int) -> None:
    require(may_set_rules(organiser, hackathon))
    _check(terms)
    stored = dict(terms_in_words(json.loads(rules_content(hackathon))))
    rules = begin_change(hackathon, revision, mine=_told(terms), stored=stored)
    rules.highest_half_points, rules.step_half_points = terms.highest * 2, 1 if terms.half_points else 2
    for name in ("quorum", "missing", "aggregate", "ties", "conflicts", "panel", "ballots_each", "feedback_required"):
        setattr(rules, name, getattr(terms, name))
    rules.audience, rules.shows_bands = terms.audience, terms.shows_bands
    record(organiser, "jury.rules_set", hackathon, note=f"0-{terms.highest}, quorum {terms.quorum}, {terms.aggregate}")
    db.session.flush()


def _told(terms: Terms) -> dict[str, str]:
    """In the words in which the stored ones are shown beside them."""
    ends = {"lowest": "0", "highest": str(terms.highest), "step": "0.5" if terms.half_points else "1"}
    return dict(terms_in_words({"rules": {**asdict(terms), **ends}}))


def _check(terms: Terms) -> None:
    for name, most in (("highest", HIGHEST_SCALE), ("quorum", 99), ("ballots_each", 99)):
        if not 1 <= getattr(terms, name) <= most:
            raise Invalid(_("Please give a whole number from 1 to %(most)s.", most=most), field=name)
    known = {"missing": MISSING, "aggregate": AGGREGATES, "ties": TIE_RULES, "panel": PANELS, "audience": AUDIENCES}
    for name, words in known.items():
        if getattr(terms, name) not in words:
            raise Invalid(_("Please choose one of the answers."), field=name)
