from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import is_check_in_helper
from ideenlab.hackathons.rules.hackathons import is_not_archived, may_change_hackathon, may_manage_hackathons


def may_name_helper(organiser: Person, person: Person, hackathon: Hackathon) -> Verdict:
    if not (verdict := may_change_hackathon(organiser, hackathon)):
        return verdict
    if person.state != "active" or person.age_band != "adult":
        return no(_("Helpers at the entrance are adults with an active account."))
    if is_check_in_helper(person, hackathon):
        return no(_("This person helps at the entrance already."))
    return YES


def may_let_in(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Organisers; and until the end the helpers of this very hackathon, who see nothing else of who takes part."""
    if may_manage_hackathons(person):
        return is_not_archived(hackathon)
    if not is_check_in_helper(person, hackathon):
        return no(_("This page is for the organisers and for the helpers at the entrance."))
    if hackathon.ends_at <= now:
        return no(_("The hackathon ended on %(moment)s.", moment=moment(hackathon.ends_at)))
    return may_write(person, now) and is_not_archived(hackathon)
