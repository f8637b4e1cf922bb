from datetime import datetime

from ideenlab.accounts.models import STAFF, Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_over, open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import is_registered
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.teams.models import Team
from ideenlab.teams.queries import find_team_of, is_member


def may_found_team(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := may_write(person, now)):
        return verdict
    if not is_registered(person, hackathon):
        return no(_("Please register for the hackathon first."))
    team = find_team_of(person, hackathon)
    if team:
        return no(_("You are in the team “%(name)s” already. One person can be in one team.", name=team.name))
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    window = open_or_why_not(hackathon, "teams", now)
    return window or no(_("Teams cannot be formed now. %(why)s", why=window.reason))


def may_join_team(person: Person, team: Team, now: datetime) -> Verdict:
    return may_found_team(person, team.hackathon, now) and has_place(team, now)


def has_place(team: Team, now: datetime) -> Verdict:
    """Whether somebody can still come into this team."""
    if not (verdict := is_not_archived(team.hackathon)):
        return verdict
    window = open_or_why_not(team.hackathon, "teams", now)
    if not window:
        return no(_("Teams cannot be formed now. %(why)s", why=window.reason))
    if team.member_count >= team.hackathon.team_size_max:
        return no(_("The team “%(name)s” is full: it has %(count)s members.", name=team.name, count=team.member_count))
    return YES


def may_leave_team(person: Person, team: Team, now: datetime) -> Verdict:
    if not (verdict := may_change_team(person, team, now)):
        return verdict
    if team.member_count <= 1 and team.handed_in_at:
        return no(_("Your team has handed in a prototype and you are its last member. Somebody must stay."))
    return YES


def may_change_team(person: Person, team: Team, now: datetime) -> Verdict:
    """Renew its code, leave it: members, until what was handed in goes to the jury."""
    if not is_member(person, team):
        return no(_("You are not in this team."))
    return may_still_change(team, now)


def may_still_change(team: Team, now: datetime) -> Verdict:
    """Whether a team can still be changed at all."""
    hackathon = team.hackathon
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if hackathon.submission_until and is_over(hackathon, "submission", now):
        return no(_("The teams are fixed since the deadline on %(moment)s.", moment=moment(hackathon.submission_until)))
    return YES


def may_rename_team(person: Person, team: Team, now: datetime) -> Verdict:
    """A name that the moderation has hidden can be replaced at any time."""
    if team.hidden_at is not None and is_member(person, team):
        return may_write(person, now) and is_not_archived(team.hackathon)
    return may_write(person, now) and may_change_team(person, team, now)


def may_hide_team_name(person: Person, team: Team) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can hide names."))
    if is_member(person, team):
        return no(_("Nobody decides about what they wrote themselves."))
    if team.dissolved_at is not None:
        return no(_("This team does not exist any more."))
    return YES if team.hidden_at is None else no(_("This name is hidden already."))


def may_restore_team_name(person: Person, team: Team) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can show names again."))
    if is_member(person, team):
        return no(_("Nobody decides about what they wrote themselves."))
    return YES if team.hidden_at is not None else no(_("This name is not hidden."))


def may_see_team(person: Person | None, team: Team) -> Verdict:
    """Who is in a team is for its members and for organisers."""
    if person and (person.has_role("organiser", "administrator") or is_member(person, team)):
        return YES
    return no(_("Who is in a team is only shown to its members."))


def may_see_code(person: Person | None, team: Team) -> Verdict:
    if person and is_member(person, team):
        return YES
    return no(_("Only members of the team see its code."))
