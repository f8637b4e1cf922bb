from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.phases import is_over
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import has_result, rules_of
from ideenlab.jury.rules.setting import may_lead_jury


def may_invite_juror(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Also for a new link and code, and for removing: nobody who knows the points chooses who has scored."""
    allowed = may_lead_jury(person) and is_not_archived(hackathon)
    if not allowed:
        return allowed
    if has_result(hackathon):
        return no(_("The result is published. The jury stays as it is."))
    if is_over(hackathon, "scoring", now):
        return no(_("Scoring is over. The jury stays as it is."))
    return YES


def may_accept_invitation(juror: Juror) -> Verdict:
    if juror.removed_at is not None or juror.code_hash is None:
        return no(_("This invitation is no longer valid."))
    if juror.person.state == "closed":
        return no(_("This account is closed."))
    return YES


def may_sit(person: Person, hackathon: Hackathon, juror: Juror | None) -> Verdict:
    """Whether somebody sees the pages of this jury. `juror` is what `find_juror` gave."""
    if juror is None or juror.person_id != person.id or juror.hackathon_id != hackathon.id:
        return no(_("You are not on the jury of this hackathon."))
    return YES


def may_print_card(juror: Juror) -> Verdict:
    """Link and code in one hand: never into an account that somebody set up for themselves."""
    person = juror.person
    if person.password_hash or person.is_guest or {role.name for role in person.roles} - {"juror"}:
        return no(
            _("This person has an account of their own, which nobody else may enter. The link goes by mail only.")
        )
    return YES


def may_share_out(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Decide who scores what: only with a plan, and while nobody knows points."""
    if not (allowed := may_invite_juror(person, hackathon, now)):
        return allowed
    if rules_of(hackathon).panel != "plan":
        return no(_("By the rules every member of the jury scores every prototype. There is nothing to share out."))
    return YES
