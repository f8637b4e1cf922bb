from datetime import datetime

from ideenlab.accounts.models import STAFF, Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.teams.models import Membership, Team
from ideenlab.teams.queries import is_member, links_of

MOST_LINKS = 20


def may_keep_links(person: Person, team: Team, now: datetime) -> Verdict:
    """Members, until the hackathon ends: a team needs them after the deadline too."""
    if not is_member(person, team):
        return no(_("You are not in this team."))
    if team.hackathon.ends_at <= now:
        return no(_("The hackathon ended on %(moment)s.", moment=moment(team.hackathon.ends_at)))
    return may_write(person, now) and is_not_archived(team.hackathon)


def may_add_link(person: Person, team: Team, now: datetime) -> Verdict:
    if not (verdict := may_keep_links(person, team, now)):
        return verdict
    full = len(links_of(team)) >= MOST_LINKS
    return no(_("A team keeps at most %(most)s links.", most=MOST_LINKS)) if full else YES


def may_show_name(person: Person) -> Verdict:
    """Beside the pseudonym an adult may let the team and its prototype carry a name of their own choice."""
    if person.age_band == "adult":
        return YES
    return no(_("Under 18 only the pseudonym is shown. That protects you."))


def may_hide_team_text(person: Person, team: Team) -> Verdict:
    if not (verdict := _may_moderate(person, team)):
        return verdict
    return YES if team.about and team.dissolved_at is None else no(_("This team says nothing about itself."))


def may_restore_team_text(person: Person, team: Team) -> Verdict:
    if not (verdict := _may_moderate(person, team)):
        return verdict
    return YES if team.about_hidden_at else no(_("This text is not hidden."))


def _may_moderate(person: Person, team: Team) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can do this."))
    return no(_("Nobody decides about what they wrote themselves.")) if is_member(person, team) else YES


def may_see_log(person: Person, team: Team) -> Verdict:
    if is_member(person, team) or person.has_role("organiser", "administrator"):
        return YES
    return no(_("What happened in a team is only shown to its members and to organisers."))


def shown_name(membership: Membership) -> str:
    """How somebody is named in what the team hands in: by their own choice, and never under 18."""
    chosen = membership.shown_name if may_show_name(membership.person) else ""
    return chosen or membership.person.pseudonym
