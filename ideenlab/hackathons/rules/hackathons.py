from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon

ORGANISERS = ("organiser", "administrator")


def may_manage_hackathons(person: Person) -> Verdict:
    return YES if person.has_role(*ORGANISERS) else no(_("Only organisers may do this."))


def may_extend_deadline(person: Person, hackathon: Hackathon, minutes: int, now: datetime) -> Verdict:
    """The deadline may be moved while the jury has not begun to score, and never to a moment that is over."""
    if not (verdict := may_manage_hackathons(person)):
        return verdict
    if hackathon.submission_until is None:
        return no(_("This hackathon has no deadline yet."))
    if hackathon.scoring_from and hackathon.submission_until <= hackathon.scoring_from <= now:
        return no(_("The jury has been scoring since %(moment)s.", moment=moment(hackathon.scoring_from)))
    if hackathon.submission_until + timedelta(minutes=minutes) <= now:
        return no(_("Even then the deadline would be over. Please set it on the page with all dates."))
    return YES
