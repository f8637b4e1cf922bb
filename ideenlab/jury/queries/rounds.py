"""Rounds of ballots after the first."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import JuryRound, JuryRoundPrototype


def rounds_of(hackathon: Hackathon) -> Sequence[JuryRound]:
    """In their order, each with its prototypes."""
    return db.session.scalars(
        select(JuryRound)
        .where(JuryRound.hackathon_id == hackathon.id)
        .options(selectinload(JuryRound.prototypes).joinedload(JuryRoundPrototype.prototype))
        .order_by(JuryRound.number)
        .execution_options(populate_existing=True)
    ).all()


def open_round_of(hackathon: Hackathon) -> JuryRound | None:
    """Without its prototypes: asked for by many pages."""
    still_open = select(JuryRound).where(JuryRound.hackathon_id == hackathon.id, JuryRound.closed_at.is_(None))
    return db.session.scalar(still_open.limit(1))


def get_round(hackathon: Hackathon, number: int) -> JuryRound:
    for found in rounds_of(hackathon):
        if found.number == number:
            return found
    raise NotFound
