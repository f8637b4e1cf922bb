from collections.abc import Sequence

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.teams.actions.places import close_team, let_go, lock_team, pass_on_lead, stop_looking
from ideenlab.teams.models import Team
from ideenlab.teams.queries import members_of, teams_of_person


def leave_teams(person: Person) -> None:
    """Leave every team of a hackathon that is not over. Whoever has been there longest leads, an empty team dissolves.

    A team that has handed in keeps its last member, and after the end of a hackathon only the lead goes on to somebody
    who is there: who made a prototype stays true.
    """
    for team in teams_of_person(person):
        if not is_not_archived(team.hackathon):
            continue
        lock_team(team)
        if team.hackathon.ends_at <= now():
            _pass_on(person, team)
        elif end_membership(person, team):
            tell_who_left(team, [person])
    stop_looking(person, hackathon=None)
    db.session.flush()


def _pass_on(person: Person, team: Team) -> None:
    if team.lead_id == person.id and any(member.is_active for member in members_of(team)):
        pass_on_lead(team, but=person)


def end_membership(person: Person, team: Team) -> bool:
    """Out of a locked team, which dissolves when nobody is left. The last one of a team that has handed in stays."""
    if team.handed_in_at and team.member_count <= 1:
        return False
    let_go(person, team=team)
    record(person, "teams.left", team)
    if team.member_count == 0:
        close_team(None, team)
    return True


def tell_who_left(team: Team, left: Sequence[Person]) -> None:
    for other in members_of(team):
        for person in left:
            tell(other, "teams/left", kind="hackathon", team=team, left=person)
