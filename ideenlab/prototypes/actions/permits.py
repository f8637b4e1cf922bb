"""One team gets more time than all others: who said so, why, and until when."""

from datetime import datetime

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.models import LatePermit
from ideenlab.prototypes.queries import find_late_permit
from ideenlab.prototypes.rules import may_give_late_permit, may_last_until
from ideenlab.teams.models import Team
from ideenlab.teams.queries import members_of


def give_late_permit(organiser: Person, *, team: Team, until: datetime, reason: str) -> LatePermit:
    """Let a team hand in until a moment of its own. A later permit takes the place of an earlier one."""
    require(may_give_late_permit(organiser, team.hackathon))
    reason = clean_line(reason)
    if not reason:
        raise Invalid(_("Please say why: the team and the other organisers read it."), field="reason")
    _hold(team)
    moment = now()
    if not (verdict := may_last_until(team.hackathon, until, moment)):
        raise Invalid(verdict.reason, field="until")
    before = find_late_permit(team, moment)
    if before:
        before.ended_at = moment
    permit = LatePermit(team=team, until=until, reason=reason, given_by=organiser, given_at=moment)
    db.session.add(permit)
    record(organiser, "prototypes.late_permit_given", team, note=f"{until.isoformat()} {reason}")
    db.session.flush()
    for member in members_of(team):
        tell(member, "prototypes/late_permit", kind="hackathon", team=team, permit=permit)
    return permit


def end_late_permit(organiser: Person, *, permit: LatePermit) -> None:
    """Take it back early. What was handed in with it stays handed in."""
    require(may_give_late_permit(organiser, permit.team.hackathon))
    _hold(permit.team)
    db.session.refresh(permit)
    if permit.ended_at or permit.until <= now():
        raise Conflict(_("This late permit has ended already."))
    permit.ended_at = now()
    record(organiser, "prototypes.late_permit_ended", permit.team)
    db.session.flush()
    for member in members_of(permit.team):
        tell(member, "prototypes/late_permit_ended", kind="hackathon", team=permit.team)


def _hold(team: Team) -> None:
    """Nobody of the team hands in at this moment: what they are told and what is stored stay the same."""
    db.session.execute(select(Team.id).where(Team.id == team.id).with_for_update())
