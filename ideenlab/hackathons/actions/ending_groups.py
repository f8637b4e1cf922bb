"""A whole class does not come after all, and comes back when that was a mistake."""

from collections.abc import Sequence

from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import change_state, enter_together, give_up, lock_places
from ideenlab.attendance.models import LIVING
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.verdict import require
from ideenlab.hackathons.actions.consenting import give_consents
from ideenlab.hackathons.actions.registering import forget_details, move_up
from ideenlab.hackathons.models import PLACES, Registration, RegistrationGroup
from ideenlab.hackathons.queries import cancelled_with, papers_ended_with, pupils_of
from ideenlab.hackathons.rules import may_manage_hackathons, may_register_group_again
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell


def end_group(person: Person, *, group: RegistrationGroup) -> Sequence[Registration]:
    """Everybody's place is free at once and goes to who waits. Gives those who keep theirs: they are in a team.

    Whoever calls has asked the rule, and the teams.
    """
    lock_places(group.hackathon)
    group.cancelled_at = now()
    kept = []
    for row in pupils_of(group):
        db.session.refresh(row)
        if row.in_team:
            kept.append(row)
        elif row.state in LIVING:
            give_up(PLACES, row)
            forget_details(row, at=group.cancelled_at)
            record(person, "hackathons.cancelled_with_group", row)
    record(person, "hackathons.group_cancelled", group.hackathon, note=group.name)
    tell(group.teacher, "hackathons/group_cancelled", hackathon=group.hackathon, group=group, kept=kept)
    move_up(group.hackathon)
    db.session.flush()
    return kept


def register_group_again(person: Person, *, group: RegistrationGroup) -> None:
    """As if it had just been registered, with what was on paper then. Where an organiser does it: all or none."""
    require(may_register_group_again(person, group, now()))
    lock_places(group.hackathon)
    rows, papers = cancelled_with(group), papers_ended_with(group)
    for row in rows:
        give_consents(row, papers.get(row.id, ()), way="paper", recorded_by=person)
    if may_manage_hackathons(person):
        enter_together(PLACES, group.hackathon, rows)
    else:
        for row in rows:
            change_state(PLACES, row, to="requested", created_at=now())
    group.cancelled_at = None
    record(person, "hackathons.group_registered", group.hackathon, note=f"{group.name}: {len(rows)}")
    db.session.flush()
