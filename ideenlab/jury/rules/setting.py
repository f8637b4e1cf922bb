from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.queries import has_result, is_being_changed, is_frozen
from ideenlab.jury.rules.scoring import scoring_is_open


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
    if has_result(hackathon):
        return no(_("The result is published. The rules stay as they are."))
    if is_frozen(hackathon):
        return no(
            _("The jury has begun to score. The rules change only as a new version, with a reason for everybody.")
        )
    return YES


def rules_are_in_force(hackathon: Hackathon, *, being_changed: bool | None = None) -> Verdict:
    """Not while a new version is prepared: nobody scores then, and nothing is published.

    `being_changed`: where it was asked for already.
    """
    if is_being_changed(hackathon) if being_changed is None else being_changed:
        return no(_("The rules of the jury are just being changed. What you have scored is kept. Please come back in a "
                    "few minutes; you will also get a mail."))  # fmt: skip
    return YES


def may_open_new_version(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    allowed = may_lead_jury(person) and is_not_archived(hackathon)
    if not allowed:
        return allowed
    if has_result(hackathon):
        return no(_("The result is published. The rules stay as they are."))
    if is_being_changed(hackathon):
        return no(_("A new version is being prepared already."))
    if not is_frozen(hackathon):
        return no(_("No ballot was saved yet. You can change the rules without a new version."))
    return scoring_is_open(hackathon, now)


def may_drop_new_version(person: Person, hackathon: Hackathon) -> Verdict:
    allowed = may_set_rules(person, hackathon)
    if allowed and not is_being_changed(hackathon):
        return no(_("No new version is being prepared."))
    return allowed


def may_put_in_force(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Only while scoring is open: everybody on the jury has to look at their ballots again."""
    allowed = may_drop_new_version(person, hackathon)
    return scoring_is_open(hackathon, now) if allowed else allowed
