from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import LatePermit
from ideenlab.teams.models import Team


def find_late_permit(team: Team, moment: datetime) -> LatePermit | None:
    """What lets this team hand in at this moment, although the deadline is over."""
    return db.session.scalar(
        select(LatePermit)
        .where(LatePermit.team_id == team.id, LatePermit.ended_at.is_(None), LatePermit.until > moment)
        .order_by(LatePermit.until.desc(), LatePermit.id)
        .limit(1)
    )


def get_late_permit(hackathon: Hackathon, permit_id: int) -> LatePermit:
    permit = find(LatePermit, permit_id)
    if permit is None or permit.team.hackathon_id != hackathon.id:
        raise NotFound
    return permit


def late_permits_of(hackathon: Hackathon) -> Sequence[LatePermit]:
    """Every one that was ever given here, the newest first, with team and giver."""
    return db.session.scalars(
        select(LatePermit)
        .join(Team, Team.id == LatePermit.team_id)
        .where(Team.hackathon_id == hackathon.id)
        .options(joinedload(LatePermit.team), joinedload(LatePermit.given_by))
        .order_by(LatePermit.id.desc())
    ).all()
