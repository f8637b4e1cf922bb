"""Where criteria come from to begin with: templates, or the rules of another hackathon."""

from collections.abc import Callable
from decimal import Decimal

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.changing import begin_change, copy_jury_rules
from ideenlab.jury.actions.criteria import new_criterion
from ideenlab.jury.actions.templates import Written, civic_five, four_equal, public_good_four
from ideenlab.jury.queries import criteria_of, rules_in_force
from ideenlab.jury.rules import may_set_rules

TEMPLATES: dict[str, Callable[[], list[Written]]] = {
    "four": four_equal,
    "civic": civic_five,
    "public_good": public_good_four,
}


def start_with_template(organiser: Person, *, hackathon: Hackathon, template: str, revision: int) -> None:
    """Criteria of equal weight with a sentence for each level from 0 to 5, where there are none."""
    require(may_set_rules(organiser, hackathon))
    if template not in TEMPLATES:
        raise Invalid(_("Please choose one of the answers."), field="template")
    rules = begin_change(hackathon, revision)
    if criteria_of(hackathon):
        raise Invalid(_("There are criteria already."))
    rules.lowest_half_points, rules.highest_half_points = 0, 10
    for title, question, levels in TEMPLATES[template]():
        new_criterion(hackathon, title=title, question=question, weight=Decimal(1), levels=levels)
    record(organiser, "jury.criteria_started", hackathon, note=template)
    db.session.flush()


def take_over_rules(organiser: Person, *, hackathon: Hackathon, source: Hackathon, revision: int) -> None:
    """Rules, criteria and prizes of another hackathon, where there are no criteria yet."""
    require(may_set_rules(organiser, hackathon))
    begin_change(hackathon, revision)
    if criteria_of(hackathon):
        raise Invalid(_("There are criteria already."))
    copy_jury_rules(hackathon, rules_in_force(source))
    record(organiser, "jury.rules_taken_over", hackathon, note=source.title)
    db.session.flush()


def take_jury_along(source: Hackathon, made: Hackathon) -> None:
    """When a hackathon is copied its jury's rules, criteria and prizes go along; nobody who sits on it."""
    if criteria_of(source):
        copy_jury_rules(made, rules_in_force(source))
