"""Until when a team may work on its prototype and hand it in: one instant for all, late permits for single teams."""

from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment as in_words
from ideenlab.core.phases import is_over, open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.prototypes.models import LatePermit
from ideenlab.prototypes.queries import find_late_permit
from ideenlab.teams.models import Team
from ideenlab.teams.queries import is_member

ORGANISERS = ("organiser", "administrator")


def may_change_prototype(person: Person, team: Team, now: datetime) -> Verdict:
    """Draft, pictures and files: members only, until the deadline or the end of the team's late permit."""
    return _may_at(person, team, now, counted=now)


def may_hand_in(person: Person, team: Team, now: datetime, *, begun_at: datetime | None = None) -> Verdict:
    """Which instant counts is the hackathon's rule: that of the write, or that at which the request came in."""
    return _may_at(person, team, now, counted=counted_moment(team.hackathon, now, begun_at))


def counted_moment(hackathon: Hackathon, now: datetime, begun_at: datetime | None) -> datetime:
    """The instant of a hand-in that the deadline is held against."""
    return min(begun_at, now) if hackathon.deadline_rule == "begun" and begun_at else now


def _may_at(person: Person, team: Team, now: datetime, *, counted: datetime) -> Verdict:
    if not is_member(person, team):
        return no(_("Only members of the team can change its prototype."))
    if not (verdict := may_write(person, now) and is_not_archived(team.hackathon)):
        return verdict
    window = open_or_why_not(team.hackathon, "submission", counted)
    return YES if window or used_permit(team, counted) else window


def used_permit(team: Team, counted: datetime) -> LatePermit | None:
    """The late permit that a hand-in of this instant needs; none before the deadline."""
    return find_late_permit(team, counted) if is_over(team.hackathon, "submission", counted) else None


def deadline_of(team: Team, now: datetime) -> datetime | None:
    """When this team's time is over: later than that of all others with a late permit."""
    permit = used_permit(team, now)
    return permit.until if permit else team.hackathon.submission_until


def may_give_late_permit(person: Person, hackathon: Hackathon) -> Verdict:
    if not person.has_role(*ORGANISERS):
        return no(_("Only organisers may do this."))
    if hackathon.submission_until is None:
        return no(_("This hackathon has no deadline yet."))
    return is_not_archived(hackathon)


def may_last_until(hackathon: Hackathon, until: datetime, now: datetime) -> Verdict:
    """A late permit goes beyond the deadline, and ends while the jury still can look at what comes."""
    if until <= now:
        return no(_("This moment is over. Please choose a later one."))
    if hackathon.submission_until and until <= hackathon.submission_until:
        deadline = in_words(hackathon.submission_until)
        return no(_("All teams have time until %(moment)s. Please choose a later moment.", moment=deadline))
    if hackathon.scoring_until and until > hackathon.scoring_until:
        return no(_("The jury scores until %(moment)s. Please choose an earlier moment.",
                    moment=in_words(hackathon.scoring_until)))  # fmt: skip
    return YES
