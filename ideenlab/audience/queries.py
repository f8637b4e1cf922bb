import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.audience.models import AudienceCode, AudienceCount, AudiencePrize
from ideenlab.core.db import db
from ideenlab.core.security import hash_secret
from ideenlab.hackathons.models import Hackathon
from ideenlab.ideas.queries import CODE_SIGNS, plain_code
from ideenlab.pitches.queries import places_on_stage
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.queries import gallery_of
from ideenlab.teams.queries import find_team_of

CIRCLES = ("hall", "stream")
CODE_LENGTH = 8  # 39 bits: with 1,000 codes and 2,000 tries a quarter of an hour nobody guesses one in a century

__all__ = ["CIRCLES", "CODE_LENGTH", "CODE_SIGNS", "plain_code"]


def find_prize(hackathon: Hackathon) -> AudiencePrize | None:
    return db.session.get(AudiencePrize, hackathon.id)


def locked_prize(hackathon: Hackathon, *, alone: bool = False) -> AudiencePrize | None:
    """As it is now, and as it stays until this transaction ends: many may vote at once, one releases alone."""
    wanted = select(AudiencePrize).where(AudiencePrize.hackathon_id == hackathon.id)
    return db.session.scalar(
        wanted.with_for_update(read=not alone).execution_options(populate_existing=True)
    )  # fmt: skip


def hash_code(typed: str) -> str:
    return hash_secret(plain_code(typed), purpose="audience code")


def find_code(hackathon: Hackathon, typed: str) -> AudienceCode | None:
    """The printed code of this hackathon, used or not, or None."""
    if len(plain_code(typed)) != CODE_LENGTH:
        return None
    return db.session.scalar(
        select(AudienceCode).where(
            AudienceCode.code_hash == hash_code(typed), AudienceCode.hackathon_id == hackathon.id
        )
    )  # fmt: skip


def has_voted(person: Person, hackathon: Hackathon) -> bool:
    """On the stream. For whom is kept nowhere."""
    mine = select(AudienceCode.id).where(
        AudienceCode.hackathon_id == hackathon.id, AudienceCode.person_id == person.id
    )  # fmt: skip
    return db.session.scalar(mine) is not None


def choices_of(hackathon: Hackathon, person: Person | None) -> list[tuple[Prototype, HandIn]]:
    """What somebody can vote for, never one's own team, where it is known: as it was shown on the stage.

    Without an order of the stage that everybody knows, and for whoever has no place in it, as in the gallery.
    """
    own = find_team_of(person, hackathon) if person else None
    places = places_on_stage(hackathon)
    shown = sorted(gallery_of(hackathon), key=lambda pair: places.get(pair[0].id, len(places)))
    return [pair for pair in shown if own is None or pair[0].team_id != own.id]


@dataclass(frozen=True)
class PrintedSheet:
    """The codes of one printing. How many of them were used nobody sees before the release."""

    number: int
    codes: int
    ended: int
    made_at: datetime


def printed_sheets(hackathon: Hackathon) -> list[PrintedSheet]:
    """Newest first. One that was ended counts as ended whole: which of its codes were used does not show."""
    rows = db.session.execute(
        select(
            AudienceCode.sheet, func.count(), func.count(AudienceCode.ended_at), func.min(AudienceCode.made_at)
        )
        .where(AudienceCode.hackathon_id == hackathon.id, AudienceCode.circle == "hall")
        .group_by(AudienceCode.sheet)
        .order_by(AudienceCode.sheet.desc())
    )  # fmt: skip
    return [PrintedSheet(*row) for row in rows]


def count_codes(hackathon: Hackathon) -> int:
    """How many were printed for the hall."""
    mine = select(func.count()).where(AudienceCode.hackathon_id == hackathon.id, AudienceCode.circle == "hall")
    return db.session.scalar(mine) or 0


def counted_votes(hackathon: Hackathon, circle: str) -> dict[int, int]:
    """Only the release asks this: votes by prototype."""
    rows = db.session.execute(
        select(AudienceCount.prototype_id, AudienceCount.votes)
        .join(Prototype, Prototype.id == AudienceCount.prototype_id)
        .where(Prototype.hackathon_id == hackathon.id, AudienceCount.circle == circle)
    )
    return {prototype_id: votes for prototype_id, votes in rows}


def released_circles(prize: AudiencePrize) -> Sequence[dict[str, Any]]:
    """Hall and stream as they were frozen, each with its places."""
    circles: Sequence[dict[str, Any]] = json.loads(prize.protocol)["circles"]
    return circles
