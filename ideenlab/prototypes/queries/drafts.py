"""What a team has written so far, field by field: two people may write in it at the same time."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db
from ideenlab.prototypes.models import Prototype, PrototypeChallenge

TEXTS = (
    "title", "pitch", "description", "licence", "prior_work", "ai_use", "code_url", "demo_url", "video_url",
)  # fmt: skip


def challenges_of_prototype(prototype: Prototype) -> Sequence[Challenge]:
    """What it answers, in the organisers' order."""
    return db.session.scalars(
        select(Challenge)
        .join(PrototypeChallenge, PrototypeChallenge.challenge_id == Challenge.id)
        .where(PrototypeChallenge.prototype_id == prototype.id)
        .order_by(Challenge.position, Challenge.id)
    ).all()


def written_fields(prototype: Prototype | None) -> dict[str, str]:
    """Every field as one text; challenges as their numbers."""
    if prototype is None:
        return dict.fromkeys((*TEXTS, "challenges"), "")
    chosen = sorted(challenge.id for challenge in challenges_of_prototype(prototype))
    return {name: getattr(prototype, name) for name in TEXTS} | {"challenges": " ".join(map(str, chosen))}


def fingerprint(text: str) -> str:
    """Short enough to be sent along with a form: says whether a field is still what somebody saw."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
