from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.rules import ORGANISERS
from ideenlab.teams.models import Team
from ideenlab.teams.queries import is_member
from ideenlab.teams.rules.teams import may_change_team, may_still_change


def may_hand_over_lead(person: Person, team: Team, now: datetime) -> Verdict:
    """Whoever leads; organisers too, as a lead may have lost the way to their account."""
    if person.has_role(*ORGANISERS):
        return may_still_change(team, now)
    if not (verdict := may_change_team(person, team, now)):
        return verdict
    if team.lead_id != person.id:
        return no(_("Only whoever leads the team can hand that over."))
    return YES if team.member_count > 1 else no(_("You are alone in this team. There is nobody to hand over to."))


def may_remove_member(person: Person, team: Team, member: Person, now: datetime) -> Verdict:
    if not (verdict := may_write(person, now) and may_change_team(person, team, now)):
        return verdict
    if team.lead_id != person.id:
        return no(_("Only whoever leads the team can take somebody out of it."))
    if member.id == person.id:
        return no(_("You cannot take out yourself. You can leave the team."))
    return YES if is_member(member, team) else no(_("This person is not in the team any more."))


def may_dissolve_team(person: Person, team: Team, now: datetime) -> Verdict:
    """Whoever leads, and whoever is alone in it."""
    if not (verdict := may_change_team(person, team, now)):
        return verdict
    if team.handed_in_at:
        return no(_("Your team has handed in a prototype. It cannot be dissolved any more."))
    if team.lead_id != person.id and team.member_count > 1:
        return no(_("Only whoever leads the team can dissolve it."))
    return YES


def may_edit_team(person: Person, team: Team, now: datetime) -> Verdict:
    return may_write(person, now) and may_change_team(person, team, now)
