import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import LARGEST_ID, db, find
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.teams.models import Membership, Team


def get_prototype(prototype_id: int) -> Prototype:
    """The prototype with this number, or NotFound."""
    prototype = find(Prototype, prototype_id)
    if prototype is None:
        raise NotFound
    return prototype


def find_prototype_of(team: Team) -> Prototype | None:
    return db.session.scalar(select(Prototype).where(Prototype.team_id == team.id))


def latest_hand_in(prototype: Prototype) -> HandIn | None:
    """The version that counts."""
    return db.session.scalar(
        select(HandIn).where(HandIn.prototype_id == prototype.id).order_by(HandIn.number.desc()).limit(1)
    )


def hand_ins_of(prototype: Prototype) -> Sequence[HandIn]:
    """Every version that was ever handed in, newest first."""
    return db.session.scalars(
        select(HandIn)
        .where(HandIn.prototype_id == prototype.id)
        .options(joinedload(HandIn.handed_in_by))
        .order_by(HandIn.number.desc())
    ).all()


def get_hand_in(prototype: Prototype, number: int) -> HandIn:
    """One version by its number, or NotFound."""
    hand_in = (
        db.session.scalar(select(HandIn).where(HandIn.prototype_id == prototype.id, HandIn.number == number))
        if 0 < number <= LARGEST_ID
        else None
    )
    if hand_in is None:
        raise NotFound
    return hand_in


def handed_in_of(hackathon: Hackathon) -> list[tuple[Prototype, HandIn]]:
    """Every prototype that was handed in, with the version that counts, ordered by team name and number."""
    newest = (
        select(HandIn.prototype_id, func.max(HandIn.number).label("number")).group_by(HandIn.prototype_id).subquery()
    )
    rows = db.session.execute(
        select(Prototype, HandIn)
        .join(HandIn, HandIn.prototype_id == Prototype.id)
        .join(newest, (newest.c.prototype_id == HandIn.prototype_id) & (newest.c.number == HandIn.number))
        .join(Team, Team.id == Prototype.team_id)
        .where(Prototype.hackathon_id == hackathon.id)
        .options(joinedload(Prototype.team))
        .order_by(Team.name_folded, Prototype.id)
    )
    return [(prototype, hand_in) for prototype, hand_in in rows]


def content_of(hand_in: HandIn) -> dict[str, Any]:
    """What was handed in: title, pitch, description, links and files."""
    content: dict[str, Any] = json.loads(hand_in.content)
    return content


def file_ids_of(hand_in: HandIn) -> set[int]:
    return {file["id"] for file in content_of(hand_in)["files"]}


def numbers_of_prototypes_of(person: Person) -> list[int]:
    """The prototypes of all teams that this person is in."""
    return list(
        db.session.scalars(
            select(Prototype.id)
            .join(Membership, Membership.team_id == Prototype.team_id)
            .where(Membership.person_id == person.id)
            .order_by(Prototype.id)
        )
    )


def hidden_prototypes(limit: int) -> list[int]:
    """The latest that the moderation took out of sight."""
    hidden = select(Prototype.id).where(Prototype.hidden_at.is_not(None))
    return list(db.session.scalars(hidden.order_by(Prototype.hidden_at.desc(), Prototype.id.desc()).limit(limit)))


def gallery_of(hackathon: Hackathon) -> list[tuple[Prototype, HandIn]]:
    """What the gallery, the stage and the audience's vote show: in the organisers' order, then by team name."""
    shown = [pair for pair in handed_in_of(hackathon) if pair[0].hidden_at is None]
    return sorted(shown, key=lambda pair: (pair[0].gallery_position is None, pair[0].gallery_position or 0))
