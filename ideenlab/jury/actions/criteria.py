"""Organisers set what the jury scores and how, until the first ballot is saved."""

from collections.abc import Sequence
from decimal import Decimal

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.changing import begin_change, move, remove_criteria
from ideenlab.jury.models import Criterion
from ideenlab.jury.queries import criteria_of, prizes_of
from ideenlab.jury.rules import may_set_rules

MOST_CRITERIA = 12


def add_criterion(
    organiser: Person, *, hackathon: Hackathon, title: str, question: str, weight: Decimal, levels: Sequence[str],
    revision: int,
) -> Criterion:  # fmt: skip
    require(may_set_rules(organiser, hackathon))
    begin_change(hackathon, revision, mine=_as_told(title, question, weight, levels))
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
    begin_change(hackathon, revision, mine=_as_told(title, question, weight, levels), stored=stored)
    _check(hackathon, title, weight, but=criterion)
    criterion.title, criterion.question = title, question
    criterion.weight, criterion.levels = weight, "\n".join(levels)
    record(organiser, "jury.criterion_edited", criterion)


def remove_criterion(organiser: Person, *, criterion: Criterion, revision: int) -> None:
    require(may_set_rules(organiser, criterion.hackathon))
    begin_change(criterion.hackathon, revision)
    for prize in prizes_of(criterion.hackathon):
        if [each.criterion_id for each in prize.criteria] == [criterion.id]:
            raise Invalid(_("The prize “%(title)s” counts only this criterion. Please change the prize first.",
                            title=prize.title))  # fmt: skip
    record(organiser, "jury.criterion_removed", criterion, note=criterion.title)
    remove_criteria(criterion.hackathon, but={c.id: c for c in criteria_of(criterion.hackathon) if c is not criterion})
    db.session.expire_all()  # the prizes it counted for


def move_criterion(organiser: Person, *, criterion: Criterion, steps: int, revision: int) -> None:
    """Up by negative steps, down by positive ones; at an end nothing happens."""
    require(may_set_rules(organiser, criterion.hackathon))
    begin_change(criterion.hackathon, revision)
    move(criteria_of(criterion.hackathon), criterion, steps)


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


def _check(hackathon: Hackathon, title: str, weight: Decimal, *, but: Criterion | None = None) -> None:
    check_weight(weight)
    others = [criterion for criterion in criteria_of(hackathon) if criterion is not but]
    if any(fold(criterion.title) == fold(title) for criterion in others):
        raise Invalid(_("There is a criterion with this title already."), field="title")
    if len(others) >= MOST_CRITERIA:
        raise Invalid(_("At most %(most)s criteria, please.", most=MOST_CRITERIA))


def check_weight(weight: Decimal, *, field: str = "weight") -> None:
    if not (weight.is_finite() and 0 < weight <= 1000 and _exponent(weight) >= -6):
        raise Invalid(_("Please give a weight above 0 and up to 1000."), field=field)


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
