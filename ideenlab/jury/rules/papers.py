"""A sheet of paper becomes a ballot only when two people have typed the same from it."""

from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import Juror, PaperBallot
from ideenlab.jury.queries import Seat, find_juror, find_seat, others_who_type
from ideenlab.jury.rules.ballots import takes_ballot
from ideenlab.jury.rules.setting import may_lead_jury
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.queries import find_team_of


def may_type_paper(
    person: Person, juror: Juror, prototype: Prototype, now: datetime, *, seat: Seat | None = None
) -> Verdict:
    """Never a ballot of one's own jury or team, and never over one that was handed in."""
    allowed = may_lead_jury(person)
    if not allowed:
        return allowed
    hackathon = prototype.hackathon
    if find_juror(person, hackathon):
        return no(_("You are on this jury yourself. Somebody else types in the sheets of paper."))
    if find_team_of(person, hackathon):
        return no(_("You are in a team of this hackathon. Somebody else types in the sheets of paper."))
    seat = seat or find_seat(juror.person, prototype)
    allowed = takes_ballot(juror.person, prototype, now, seat=seat)
    if not allowed:
        return no(_("Not for %(name)s: %(reason)s", name=juror.name, reason=allowed.reason))
    if seat.ballot and seat.ballot.state == "submitted":
        return no(_("%(name)s has handed in this ballot already. It holds; only the juror can open it again.",
                    name=juror.name))  # fmt: skip
    return YES


def may_check_alone(person: Person, paper: PaperBallot | None, hackathon: Hackathon) -> Verdict:
    """Where nobody else could check a sheet, whoever typed it in may: told so, and marked."""
    if paper is None or paper.typed_by_id != person.id or paper.checked_by_id is not None:
        return no(_("Please type in the sheet first. It is checked in a second step."))
    if others_who_type(person, hackathon):
        return no(_("Somebody else can check this sheet. Please ask them to type it in too."))
    return YES
