from datetime import datetime

from ideenlab.accounts.models import STAFF, Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import is_registered
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.teams.models import BoardNotice, Team
from ideenlab.teams.queries import is_member
from ideenlab.teams.rules.lead import may_edit_team
from ideenlab.teams.rules.teams import has_place, may_found_team


def may_see_board(person: Person | None, hackathon: Hackathon) -> Verdict:
    """Who looks for what is for those with a place, and for those who work here: not for the whole internet."""
    if person and (person.has_role(*STAFF) or is_registered(person, hackathon)):
        return YES
    return no(_("The board is for people with a place in this hackathon. Please register first."))


def may_write_notice(person: Person, hackathon: Hackathon, team: Team | None, now: datetime) -> Verdict:
    """For their team while it has a free place, otherwise for themselves; as long as teams are formed."""
    if team is None:
        return may_found_team(person, hackathon, now)
    return may_edit_team(person, team, now) and has_place(team, now)


def may_close_notice(person: Person, notice: BoardNotice) -> Verdict:
    """A notice of a team every member, one's own oneself."""
    if not (is_member(person, notice.team) if notice.team else notice.person_id == person.id):
        return no(_("Only whoever wrote a notice, or a member of its team, can close it."))
    return no(_("This notice is closed already.")) if notice.closed_at else is_not_archived(notice.hackathon)


def may_hide_notice(person: Person, notice: BoardNotice) -> Verdict:
    if not (verdict := _may_moderate(person, notice)):
        return verdict
    if notice.closed_at:
        return no(_("This notice is closed already."))
    return YES if notice.hidden_at is None else no(_("This notice is hidden already."))


def may_restore_notice(person: Person, notice: BoardNotice) -> Verdict:
    if not (verdict := _may_moderate(person, notice)):
        return verdict
    return YES if notice.hidden_at else no(_("This notice is not hidden."))


def _may_moderate(person: Person, notice: BoardNotice) -> Verdict:
    if not person.has_role("moderator", "administrator"):
        return no(_("Only the moderation can do this."))
    if notice.person_id == person.id or (notice.team and is_member(person, notice.team)):
        return no(_("Nobody decides about what they wrote themselves."))
    return YES
