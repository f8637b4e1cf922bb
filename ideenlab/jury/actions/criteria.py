"""Organisers set what the jury scores and how, until the first ballot is saved."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.versions import stored_rules
from ideenlab.jury.models import HIGHEST_SCALE, Criterion, JuryRules
from ideenlab.jury.queries import criteria_of, rules_of
from ideenlab.jury.rules import may_set_rules, rules_are_open

MOST_CRITERIA = 12


def set_jury_rules(organiser: Person, *, hackathon: Hackathon, highest: int, quorum: int, revision: int) -> None:
    """`highest`: the top of the scale in whole points."""
    require(may_set_rules(organiser, hackathon))
    if not 1 <= highest <= HIGHEST_SCALE:
        raise Invalid(_("Please give a whole number from 1 to %(most)s.", most=HIGHEST_SCALE), field="highest")
    if not 1 <= quorum <= 99:
        raise Invalid(_("Please give a whole number from 1 to %(most)s.", most=99), field="quorum")
    rules = _begin_change(hackathon, revision, mine={_("Highest points"): highest, _("Ballots needed"): quorum})
    rules.highest_half_points, rules.quorum = highest * 2, quorum
    record(organiser, "jury.rules_set", hackathon, note=f"0-{highest}, quorum {quorum}")


def add_criterion(
    organiser: Person, *, hackathon: Hackathon, title: str, question: str, weight: Decimal, levels: Sequence[str],
    revision: int,
) -> Criterion:  # fmt: skip
    require(may_set_rules(organiser, hackathon))
    _begin_change(hackathon, revision, mine=_as_told(title, question, weight, levels))
    criterion = new_criterion(hackathon, title=title, question=question, weight=weight, levels=levels)
    record(organiser, "jury.criterion_added", criterion)
    return criterion


def edit_criterion(
    organiser: Person, *, criterion: Criterion, title: str, question: str, weight: Decimal, levels: Sequence[str],
    revision: int,
) -> None:  # fmt: skip
    hackathon = criterion.hackathon
    require(may_set_rules(organiser, hackathon))
    stored = _as_told(criterion.title, criterion.question, criterion.weight, criterion.levels.split("\n"))
    _begin_change(hackathon, revision, mine=_as_told(title, question, weight, levels), stored=stored)
    _check(hackathon, title, weight, but=criterion)
    criterion.title, criterion.question = title, question
    criterion.weight, criterion.levels = weight, "\n".join(levels)
    record(organiser, "jury.criterion_edited", criterion)


def remove_criterion(organiser: Person, *, criterion: Criterion, revision: int) -> None:
    require(may_set_rules(organiser, criterion.hackathon))
    _begin_change(criterion.hackathon, revision)
    record(organiser, "jury.criterion_removed", criterion, note=criterion.title)
    db.session.delete(criterion)
    db.session.flush()


def move_criterion(organiser: Person, *, criterion: Criterion, steps: int, revision: int) -> None:
    """Up by negative steps, down by positive ones; at an end nothing happens."""
    require(may_set_rules(organiser, criterion.hackathon))
    _begin_change(criterion.hackathon, revision)
    order = list(criteria_of(criterion.hackathon))
    place = order.index(criterion)
    order.insert(min(max(place + steps, 0), len(order) - 1), order.pop(place))
    for number_then, moved in enumerate(order):
        moved.position = -1 - number_then  # each position exists once, also halfway
    db.session.flush()
    for number_then, moved in enumerate(order):
        moved.position = number_then
    db.session.flush()


def start_with_four_criteria(organiser: Person, *, hackathon: Hackathon, revision: int) -> None:
    """Four criteria of equal weight to begin with, where there are none."""
    require(may_set_rules(organiser, hackathon))
    _begin_change(hackathon, revision)
    if criteria_of(hackathon):
        raise Invalid(_("There are criteria already."))
    rules = rules_of(hackathon)
    rules.lowest_half_points, rules.highest_half_points = 0, 10
    for title, question, levels in _four_criteria():
        new_criterion(hackathon, title=title, question=question, weight=Decimal(1), levels=levels)
    record(organiser, "jury.criteria_started", hackathon)


def new_criterion(
    hackathon: Hackathon, *, title: str, question: str = "", weight: Decimal, levels: Sequence[str] = ()
) -> Criterion:
    """Without asking who; for the actions here and the import."""
    _check(hackathon, title, weight)
    last = max((criterion.position for criterion in criteria_of(hackathon)), default=-1)
    criterion = Criterion(
        hackathon=hackathon, position=last + 1, title=title, question=question, weight=weight, levels="\n".join(levels)
    )
    db.session.add(criterion)
    db.session.flush()
    return criterion


def _begin_change(
    hackathon: Hackathon, revision: int, *, mine: Mapping[str, object] | None = None,
    stored: Mapping[str, object] | None = None,
) -> JuryRules:  # fmt: skip
    """Hold the rules at the revision that was shown, or raise Conflict; nobody scores while they change."""
    rules = stored_rules(hackathon)
    held = update(JuryRules).where(JuryRules.hackathon_id == hackathon.id, JuryRules.revision == revision)
    if db.session.execute(held.values(revision=revision + 1).returning(JuryRules.revision)).first() is None:
        raise Conflict(
            _("Somebody else has changed the rules of the jury in the meantime."),
            mine=_pairs(mine or {}), stored=_pairs(stored or _all_told(hackathon)),
        )  # fmt: skip
    db.session.refresh(rules)
    require(rules_are_open(hackathon))
    return rules


def _check(hackathon: Hackathon, title: str, weight: Decimal, *, but: Criterion | None = None) -> None:
    if not (weight.is_finite() and 0 < weight <= 1000 and _exponent(weight) >= -6):
        raise Invalid(_("Please give a weight above 0 and up to 1000."), field="weight")
    others = [criterion for criterion in criteria_of(hackathon) if criterion is not but]
    if any(fold(criterion.title) == fold(title) for criterion in others):
        raise Invalid(_("There is a criterion with this title already."), field="title")
    if len(others) >= MOST_CRITERIA:
        raise Invalid(_("At most %(most)s criteria, please.", most=MOST_CRITERIA))


def _exponent(weight: Decimal) -> int:
    exponent = weight.as_tuple().exponent
    return exponent if isinstance(exponent, int) else -99


def _as_told(title: str, question: str, weight: Decimal, levels: Sequence[str]) -> dict[str, object]:
    return {
        _("Title"): title,
        _("Question"): question,
        _("Weight"): number(float(weight)),
        _("Sentences of the levels"): " / ".join(levels),
    }


def _all_told(hackathon: Hackathon) -> dict[str, object]:
    rules = rules_of(hackathon)
    told: dict[str, object] = {criterion.title: number(float(criterion.weight)) for criterion in criteria_of(hackathon)}
    return {_("Highest points"): number(rules.highest_half_points / 2), _("Ballots needed"): rules.quorum, **told}


def _pairs(told: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(label, str(value)) for label, value in told.items()]


def _four_criteria() -> list[tuple[str, str, list[str]]]:
    return [
        (_("Benefit for the city"), _("How much does the prototype help the people of the city?"), [
            _("No benefit can be seen."), _("The benefit stays vague or concerns a few only."),
            _("Some people have a small advantage."), _("A group that is named has a clear advantage."),
            _("Many people have a clear advantage in everyday life."),
            _("It solves an important problem for many, also for those who are often forgotten."),
        ]),
        (_("Novelty"), _("How new is the thought for our city?"), [
            _("The city has it already in the same form."), _("What is known was hardly changed."),
            _("What is known was improved in one point."), _("What is known was carried over well to our city."),
            _("The approach is new for our city."), _("The approach surprises and opens a way nobody had thought of."),
        ]),
        (_("Feasibility"), _("Can something that lasts be made of it with reasonable effort?"), [
            _("It cannot be imagined in use."), _("Important obstacles are not thought of."),
            _("It can be imagined, but the main questions are open."),
            _("A first trial is possible, effort and cost are roughly known."),
            _("A trial can begin soon, the next steps are named."),
            _("It works already and can go into use without great hurdles."),
        ]),
        (_("Clarity"), _("Does it become clear what the prototype does and for whom?"), [
            _("It does not become clear what it is about."), _("One understands it only after many questions."),
            _("The core can be seen, much stays unclear."), _("It is understandable and complete."),
            _("It is vivid and answers the most important questions."),
            _("Everybody understands it at once and could tell others."),
        ]),
    ]  # fmt: skip
