from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_over, open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import Result
from ideenlab.jury.queries import Figures, find_result, has_result
from ideenlab.jury.rules.setting import may_lead_jury, rules_are_in_force


def may_preview_ranking(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """The order, before it is published: not while points can still change."""
    allowed = may_lead_jury(person)
    if not allowed:
        return allowed
    if hackathon.scoring_from and not is_over(hackathon, "scoring", now):
        if hackathon.scoring_until:
            return no(_("Points stay hidden, also from you, until scoring ends on %(moment)s.",
                        moment=moment(hackathon.scoring_until)))  # fmt: skip
        return no(_("Points stay hidden, also from you, until scoring ends."))
    return YES


def may_publish(person: Person, hackathon: Hackathon, figures: Figures, now: datetime) -> Verdict:
    allowed = may_preview_ranking(person, hackathon, now) and is_not_archived(hackathon)
    if not allowed:
        return allowed
    if has_result(hackathon):
        return no(_("The result is published already and stays as it is."))
    if not (verdict := rules_are_in_force(hackathon)):
        return verdict
    if hackathon.publication_from is None or now < hackathon.publication_from:
        return open_or_why_not(hackathon, "publication", now)
    if not figures.criteria:
        return no(_("There are no criteria."))
    if not figures.ranked:
        return no(_("No prototype has enough ballots yet."))
    return YES


def may_see_result(hackathon: Hackathon, result: Result | None = None) -> Verdict:
    """For everybody: nothing before it is published."""
    if result or find_result(hackathon):
        return YES
    if hackathon.publication_from:
        planned = moment(hackathon.publication_from)
        return no(_("The result is not published yet. Publication is planned from %(moment)s.", moment=planned))
    return no(_("The result is not published yet."))
