from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.phases import is_over
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.deliberations.queries import find_deliberation
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.queries import find_juror, find_seat, has_result, open_round_of
from ideenlab.jury.rules import may_lead_jury, may_open_round
from ideenlab.prototypes.models import Prototype


def may_open_deliberation(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """From then on the jury sees all points, so not while points can still be given."""
    if not (verdict := may_lead_jury(person) and is_not_archived(hackathon)):
        return verdict
    if find_deliberation(hackathon):
        return no(_("The deliberation is open already."))
    if not is_over(hackathon, "scoring", now):
        return no(_("The deliberation can begin when scoring has ended."))
    if has_result(hackathon):
        return no(_("The result is fixed already."))
    return no(_("A round is open. Close it first.")) if open_round_of(hackathon) else YES


def is_of_the_jury(person: Person, hackathon: Hackathon) -> Verdict:
    if find_juror(person, hackathon) or may_lead_jury(person):
        return YES
    return no(_("This is for the jury and the organisers."))


def may_see_deliberation(person: Person, hackathon: Hackathon) -> Verdict:
    """For the jury and organisers, once it was opened; also afterwards."""
    if not (verdict := is_of_the_jury(person, hackathon)):
        return verdict
    if find_deliberation(hackathon) is None:
        text = _("The deliberation is not open yet. Until then everybody sees only their own points.")
        return no(text)
    if open_round_of(hackathon):
        return no(_("A round of ballots is open. Points are shown again when it is closed."))
    return YES


def may_see_ballots_of(person: Person, prototype: Prototype) -> Verdict:
    """Not for a juror with a conflict of interest: they leave the room when this prototype is talked about."""
    if not (verdict := may_see_deliberation(person, prototype.hackathon)):
        return verdict
    seat = find_seat(person, prototype)
    if seat.recused or seat.own_team:
        return no(_("There is a conflict of interest between you and this team. You see no points for its prototype."))
    return YES


def may_write_minute(person: Person, hackathon: Hackathon) -> Verdict:
    if not (verdict := may_see_deliberation(person, hackathon) and is_not_archived(hackathon)):
        return verdict
    found = find_deliberation(hackathon)
    if has_result(hackathon) or (found and found.closed_at):
        return no(_("The deliberation is closed."))
    return YES


def may_close_deliberation(person: Person, hackathon: Hackathon) -> Verdict:
    return may_lead_jury(person) and may_write_minute(person, hackathon)


def may_open_second_ballot(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    return may_close_deliberation(person, hackathon) and may_open_round(person, hackathon, now)
