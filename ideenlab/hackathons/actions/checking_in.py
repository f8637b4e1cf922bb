"""At the entrance: organisers, and the helpers they have named."""

from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import check_in, undo_check_in
from ideenlab.attendance.queries import find_by_ticket
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.actions.consenting import give_consents
from ideenlab.hackathons.models import PLACES, Hackathon, Registration
from ideenlab.hackathons.rules import may_change_hackathon, may_come_in, may_let_in
from ideenlab.history.actions import record

OLDEST_QUEUED = timedelta(days=2)


def check_in_by_code(
    helper: Person, *, hackathon: Hackathon, code: str, on_paper: bool = False, at: datetime | None = None
) -> tuple[Registration, bool]:
    """Let somebody in. Says whether they come for the first time: a code that is sent twice counts once.

    `on_paper`: the helper holds the written agreement of the guardian. `at`: when it was scanned, if that was
    without a network.
    """
    require(may_let_in(helper, hackathon, now()))
    registration: Registration | None = find_by_ticket(PLACES, hackathon, code)
    if registration is None:
        raise Invalid(_("No ticket of this hackathon has this code."), field="code")
    return registration, check_in_participant(helper, registration=registration, on_paper=on_paper, at=at)


def check_in_participant(
    helper: Person, *, registration: Registration, on_paper: bool = False, at: datetime | None = None
) -> bool:
    require(may_let_in(helper, registration.hackathon, now()))
    if on_paper:
        give_consents(registration, ["guardian"], way="paper", recorded_by=helper)
    require(may_come_in(registration))
    first = check_in(PLACES, registration, by=helper, at=_believable(at))
    if first:
        record(helper, "hackathons.checked_in", registration)
    return first


def take_back_check_in(organiser: Person, *, registration: Registration) -> None:
    require(may_change_hackathon(organiser, registration.hackathon))
    undo_check_in(registration)
    record(organiser, "hackathons.check_in_undone", registration)


def _believable(at: datetime | None) -> datetime | None:
    """The clock of a phone may be wrong; what cannot be true becomes the time at which it arrived."""
    return at if at and now() - OLDEST_QUEUED <= at <= now() else None
