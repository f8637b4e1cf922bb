from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.phases import is_over
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import JuryRound
from ideenlab.jury.queries import has_result, open_round_of
from ideenlab.jury.rules.setting import may_lead_jury, rules_are_in_force


def may_open_round(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """A final or a second ballot: when the round before is over, one at a time, and before the result is fixed."""
    if not (verdict := may_lead_jury(person) and is_not_archived(hackathon)):
        return verdict
    if has_result(hackathon):
        return no(_("The result is fixed. There are no more rounds."))
    if not is_over(hackathon, "scoring", now):
        return no(_("Another round can begin when scoring has ended."))
    if open_round_of(hackathon):
        return no(_("A round is open. Close it before you open another one."))
    return rules_are_in_force(hackathon)


def may_close_round(person: Person, jury_round: JuryRound) -> Verdict:
    if not (verdict := may_lead_jury(person) and is_not_archived(jury_round.hackathon)):
        return verdict
    return no(_("This round is closed already.")) if jury_round.closed_at else YES
