from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.teams.actions.naming import flush_or_conflict, free_name, new_team_code
from ideenlab.teams.actions.places import admit, bind_to_team, close_team, let_go, lock_team, stop_looking
from ideenlab.teams.models import Membership, Team
from ideenlab.teams.queries import find_team_by_code, members_of
from ideenlab.teams.rules import may_found_team, may_join_team, may_leave_team


def found_team(person: Person, *, hackathon: Hackathon, name: str) -> Team:
    """Make a team with this person as its first member and lead. Raises Invalid when the name is taken."""
    require(may_found_team(person, hackathon, now()))
    name = free_name(hackathon, name)
    bind_to_team(person, hackathon, by=person)
    team = Team(
        hackathon=hackathon, name=name, name_folded=fold(name), code=new_team_code(), member_count=1, lead=person
    )
    db.session.add(team)
    flush_or_conflict()
    db.session.add(Membership(team=team, hackathon_id=hackathon.id, person=person))
    record(person, "teams.founded", team)
    stop_looking(person, hackathon=hackathon)
    db.session.flush()
    return team


def join_team(person: Person, *, hackathon: Hackathon, code: str) -> Team:
    """Become a member by the team's code.

    Raises Invalid for a wrong code or a full team, Conflict when somebody took the last place meanwhile.
    """
    require(may_found_team(person, hackathon, now()))
    team = find_team_by_code(hackathon, code)
    if team is None:
        raise Invalid(
            _("No team of this hackathon has this code. Please ask your team for the present one."), field="code"
        )
    if not (verdict := may_join_team(person, team, now())):
        raise Invalid(verdict.reason, field="code")
    admit(person, team=team, deed="teams.joined", by=person, code=team.code)
    db.session.flush()
    return team


def leave_team(person: Person, *, team: Team) -> None:
    """Leave; the last one to leave dissolves the team, and its name is free again."""
    lock_team(team)
    require(may_leave_team(person, team, now()))
    let_go(person, team=team)
    record(person, "teams.left", team)
    if team.member_count == 0:
        close_team(person, team)
    else:
        for other in members_of(team):
            tell(other, "teams/left", kind="hackathon", team=team, left=person)
    db.session.flush()
