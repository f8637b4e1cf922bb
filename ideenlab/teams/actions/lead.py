"""What whoever leads a team decides alone."""

from sqlalchemy import delete, update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.teams.actions.naming import new_team_code
from ideenlab.teams.actions.places import QUIETLY, close_team, let_go, lock_team, release_from_teams
from ideenlab.teams.models import Membership, Team
from ideenlab.teams.queries import is_member, members_of
from ideenlab.teams.rules import may_dissolve_team, may_hand_over_lead, may_remove_member

LONGEST_REASON, SHORTEST_REASON = 300, 10


def hand_over_lead(person: Person, *, team: Team, to: Person) -> None:
    """From now on another member leads. Raises Invalid when they are none."""
    lock_team(team)
    require(may_hand_over_lead(person, team, now()))
    if not is_member(to, team):
        raise Invalid(_("This person is not in the team any more."), field="member")
    if team.lead_id == to.id:
        raise Invalid(_("This person leads the team already."), field="member")
    team.lead = to
    record(person, "teams.lead_handed_over", team, note=str(to.id))
    for member in members_of(team):
        if member is not person:
            tell(member, "teams/lead_handed_over", kind="hackathon", team=team, lead=to, is_me=member is to)
    db.session.flush()


def remove_member(lead: Person, *, team: Team, member: Person, reason: str) -> None:
    """Take somebody out of the team. They are told why, and the code they know leads nowhere from now on."""
    lock_team(team)
    require(may_remove_member(lead, team, member, now()))
    reason = clean_line(reason)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        text = _("A reason has %(least)s to %(most)s characters.", least=SHORTEST_REASON, most=LONGEST_REASON)
        raise Invalid(text, field="reason")
    let_go(member, team=team)
    team.code = new_team_code()
    record(lead, "teams.member_removed", team, note=str(member.id))
    tell(member, "teams/removed", team=team, reason=reason)
    for other in members_of(team):
        if other is not lead:
            tell(other, "teams/left", kind="hackathon", team=team, left=member)
    db.session.flush()


def dissolve_team(person: Person, *, team: Team) -> None:
    """End a team that has handed in nothing. Everybody keeps their place in the hackathon."""
    lock_team(team)
    require(may_dissolve_team(person, team, now()))
    members = members_of(team)
    emptied = db.session.execute(
        update(Team)
        .where(Team.id == team.id, Team.dissolved_at.is_(None), Team.handed_in_at.is_(None))
        .values(member_count=0)
        .execution_options(**QUIETLY)
    )
    if not emptied.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Your team has just handed in a prototype. It cannot be dissolved any more."))
    db.session.refresh(team)
    db.session.execute(delete(Membership).where(Membership.team_id == team.id))
    release_from_teams(team.hackathon_id, *[member.id for member in members])
    close_team(person, team)
    for member in members:
        if member is not person:
            tell(member, "teams/dissolved", team=team, about=team.hackathon)
