from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.feedback.queries import find_feedback
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.queries import find_result
from ideenlab.jury.rules import may_lead_jury
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.queries import is_member


def may_prepare_feedback(person: Person, hackathon: Hackathon) -> Verdict:
    """Read what the jury wrote to the teams, before they do: when the result is out, never before."""
    return may_lead_jury(person) and result_is_out(hackathon)


def result_is_out(hackathon: Hackathon) -> Verdict:
    if find_result(hackathon):
        return YES
    return no(_("Teams get their feedback after the ceremony: when the result is published."))


def may_change_feedback(person: Person, hackathon: Hackathon) -> Verdict:
    return may_prepare_feedback(person, hackathon) and is_not_archived(hackathon)


def may_release_feedback(person: Person, prototype: Prototype) -> Verdict:
    if not (verdict := may_change_feedback(person, prototype.hackathon)):
        return verdict
    return no(_("The team has this feedback already.")) if find_feedback(prototype) else YES


def may_read_feedback(person: Person, prototype: Prototype) -> Verdict:
    """For the members of the team, when an organiser has let it go."""
    if not is_member(person, prototype.team):
        return no(_("Only members of the team read what the jury says to it."))
    if not (verdict := result_is_out(prototype.hackathon)):
        return verdict
    if find_feedback(prototype) is None:
        return no(_("The organisers read the feedback first. You get a message when it is there."))
    return YES
