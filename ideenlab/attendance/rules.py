from datetime import datetime, timedelta
from typing import Any

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no

SHORTEST_OFFER = timedelta(hours=1)  # also on the day itself somebody needs time to read a mail


def may_accept_offer(row: Any, now: datetime) -> Verdict:
    if row.state == "registered":
        return no(_("You have confirmed this place already."))
    if row.state != "offered":
        return no(_("There is no place kept for you at the moment."))
    if row.offered_until <= now:
        return no(_("This place was kept for you until %(moment)s.", moment=moment(row.offered_until)))
    return YES


def may_check_in(row: Any) -> Verdict:
    """Whether this ticket opens the door. Who was here already is no refusal: `checked_in_at` says since when."""
    if row.state == "registered":
        return YES
    reasons = {
        "requested": _("This registration has not been decided yet."),
        "waiting": _("This person is on the waiting list and has no place yet."),
        "offered": _("This place has not been confirmed yet."),
        "cancelled": _("This registration was cancelled."),
        "refused": _("This registration was refused."),
    }
    return no(reasons[row.state])


def offer_ends_at(holder: Any, now: datetime) -> datetime:
    """How long a place that became free is kept: the hours that organisers chose, but not past the beginning."""
    wanted = now + timedelta(hours=holder.offer_hours)
    latest: datetime = max(holder.starts_at, now + SHORTEST_OFFER)
    last: datetime = max(holder.ends_at, now + timedelta(minutes=1))
    return min(wanted, latest, last)
