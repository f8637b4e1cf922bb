from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.queries import has_result, is_frozen


def may_lead_jury(person: Person) -> Verdict:
    """Whether somebody may look after criteria, jurors, progress and result."""
    if not person.has_role("organiser", "administrator"):
        return no(_("This is for organisers."))
    return YES


def may_set_rules(person: Person, hackathon: Hackathon) -> Verdict:
    allowed = may_lead_jury(person)
    if not allowed:
        return allowed
    return rules_are_open(hackathon)


def rules_are_open(hackathon: Hackathon) -> Verdict:
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if is_frozen(hackathon) or has_result(hackathon):
        return no(_("The jury has begun to score. Its criteria and rules cannot be changed any more."))
    return YES
