from collections.abc import Sequence

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.verdict import require
from ideenlab.hackathons.actions import end_group
from ideenlab.hackathons.models import Registration, RegistrationGroup
from ideenlab.hackathons.queries import pupils_of
from ideenlab.hackathons.rules import may_cancel_group
from ideenlab.teams.actions.leaving import end_membership, tell_who_left
from ideenlab.teams.actions.places import lock_team
from ideenlab.teams.queries import members_in_teams
from ideenlab.teams.rules import may_still_change


def cancel_group(person: Person, *, group: RegistrationGroup) -> Sequence[Registration]:
    """Everybody of a group leaves their team and gives back the place. Gives those who stay.

    Where teams are fixed already, and as the last one of a team that has handed in, somebody stays.
    """
    require(may_cancel_group(person, group, now()))
    going = {row.person_id for row in pupils_of(group)}
    for team, members in members_in_teams(group.hackathon, going):
        lock_team(team)
        if not may_still_change(team, now()):
            continue
        left = [member for member in members if end_membership(member, team)]
        tell_who_left(team, left)
    db.session.flush()
    return end_group(person, group=group)
