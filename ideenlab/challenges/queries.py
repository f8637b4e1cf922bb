from collections.abc import Sequence

from sqlalchemy import select

from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon


def get_challenge(challenge_id: int) -> Challenge:
    challenge = find(Challenge, challenge_id)
    if challenge is None:
        raise NotFound
    return challenge


def challenges_of(hackathon: Hackathon) -> Sequence[Challenge]:
    """What teams may work on, in the organisers' order: published and not withdrawn."""
    return db.session.scalars(
        select(Challenge)
        .where(
            Challenge.hackathon_id == hackathon.id,
            Challenge.published_at.is_not(None),
            Challenge.withdrawn_at.is_(None),
        )
        .order_by(Challenge.position, Challenge.id)
    ).all()
