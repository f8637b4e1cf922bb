from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import JuryRound
from ideenlab.jury.queries import Seat, find_seat, has_result
from ideenlab.jury.rules.scoring import scoring_has_begun, scoring_is_open
from ideenlab.jury.rules.setting import rules_are_in_force
from ideenlab.prototypes.models import Prototype


def may_see_ballot(person: Person, prototype: Prototype, *, seat: Seat | None = None) -> Verdict:
    """`seat`, here and below: what `find_seat` gave, where it was asked for already."""
    seat = seat or find_seat(person, prototype)
    if seat.juror is None:
        return no(_("You are not on the jury of this hackathon."))
    if seat.own_team:
        return no(_("This is your own team. Nobody scores their own team."))
    if seat.recused:
        return no(_("There is a conflict of interest between you and this team. You see no ballot for its prototype."))
    if not seat.handed_in:
        return no(_("This prototype was not handed in."))
    if not seat.assigned:
        return no(_("This prototype is not on your list. Other members of the jury score it."))
    return YES


def may_read_hand_in(person: Person, prototype: Prototype, now: datetime, *, seat: Seat | None = None) -> Verdict:
    """What the team handed in, with its files, before it is public: from the beginning of the scoring on."""
    allowed = may_see_ballot(person, prototype, seat=seat)
    return scoring_has_begun(prototype.hackathon, now) if allowed else allowed


def may_score(person: Person, prototype: Prototype, now: datetime, *, seat: Seat | None = None) -> Verdict:
    """On the page: whoever has not read what will be public reads that first."""
    seat = seat or find_seat(person, prototype)
    allowed = takes_ballot(person, prototype, now, seat=seat)
    if allowed and not seat.informed:
        return no(_("Please read first what will be public, and say that you have read it. Then you can score."))
    return allowed


def takes_ballot(person: Person, prototype: Prototype, now: datetime, *, seat: Seat | None = None) -> Verdict:
    """Whether a ballot of this juror can come in at all, by whatever way: also on paper."""
    seat = seat or find_seat(person, prototype)
    allowed = may_see_ballot(person, prototype, seat=seat)
    if not allowed:
        return allowed
    if seat.closed:
        return no(_("The result is fixed. Ballots stay as they are."))
    if seat.absent:
        return no(_("This team did not present. It is not scored."))
    if not seat.has_criteria:
        return no(_("The criteria of the jury are not set yet."))
    opened = _round_is_open(seat.round, now) if seat.round else scoring_is_open(prototype.hackathon, now)
    return opened and rules_are_in_force(prototype.hackathon, being_changed=seat.version > 1 and not seat.frozen)


def _round_is_open(jury_round: JuryRound, now: datetime) -> Verdict:
    """A round after the first: opened and closed by the organisers, not by the dates of the hackathon."""
    if not (verdict := is_not_archived(jury_round.hackathon)):
        return verdict
    if jury_round.closed_at and jury_round.closed_at <= now:
        return no(_("This round of ballots closed on %(moment)s.", moment=moment(jury_round.closed_at)))
    return YES


def may_reopen_ballot(person: Person, prototype: Prototype, now: datetime, *, seat: Seat | None = None) -> Verdict:
    seat = seat or find_seat(person, prototype)
    allowed = may_score(person, prototype, now, seat=seat)
    if not allowed:
        return allowed
    if seat.ballot is None or seat.ballot.state != "submitted":
        return no(_("This ballot is still open."))
    return YES


def may_import_ballots(hackathon: Hackathon) -> Verdict:
    """For commands."""
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if has_result(hackathon):
        return no(_("The result is fixed. Ballots stay as they are."))
    return rules_are_in_force(hackathon)


def may_confirm_ballot(person: Person, prototype: Prototype, now: datetime, *, seat: Seat | None = None) -> Verdict:
    """A ballot that was handed in under rules that were changed since."""
    seat = seat or find_seat(person, prototype)
    allowed = may_reopen_ballot(person, prototype, now, seat=seat)
    if allowed and seat.current_version_confirmed:
        return no(_("This ballot was handed in under the rules that hold. There is nothing to confirm."))
    return allowed
