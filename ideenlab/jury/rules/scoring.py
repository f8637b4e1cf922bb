"""When scoring is open."""

from datetime import datetime

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_over, open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived


def scoring_is_open(hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if hackathon.scoring_from and now < hackathon.scoring_from:
        return no(_("Scoring begins on %(moment)s.", moment=moment(hackathon.scoring_from)))
    if hackathon.scoring_until and now >= hackathon.scoring_until:
        return no(_("Scoring ended on %(moment)s.", moment=moment(hackathon.scoring_until)))
    return open_or_why_not(hackathon, "scoring", now)


def scoring_has_begun(hackathon: Hackathon, now: datetime) -> Verdict:
    return YES if is_over(hackathon, "scoring", now) else scoring_is_open(hackathon, now)
