from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.queries import entries_of
from ideenlab.pitches.maths import draw
from ideenlab.pitches.models import Pitch, PitchPlan
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.queries import gallery_of
from ideenlab.teams.models import Team


def find_plan(hackathon: Hackathon) -> PitchPlan | None:
    return db.session.get(PitchPlan, hackathon.id)


def locked_plan(hackathon: Hackathon) -> PitchPlan | None:
    """As it is now; of two who change the order, one waits."""
    wanted = select(PitchPlan).where(PitchPlan.hackathon_id == hackathon.id)
    return db.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))


def rooms_of(plan: PitchPlan) -> list[str]:
    """The stages; one without a name where none was given."""
    return [line for line in plan.rooms.splitlines() if line] or [""]


def pitches_of(hackathon: Hackathon) -> Sequence[Pitch]:
    """In the order of the stage: by position, then as the rooms were named. What the moderation hides is left out."""
    found = db.session.scalars(
        select(Pitch)
        .join(Prototype, Prototype.id == Pitch.prototype_id)
        .join(Team, Team.id == Prototype.team_id)
        .where(Pitch.hackathon_id == hackathon.id, Prototype.hidden_at.is_(None))
        .options(contains_eager(Pitch.prototype).contains_eager(Prototype.team))
        .order_by(Pitch.position, Pitch.id)
    ).all()
    plan = find_plan(hackathon)
    rooms = rooms_of(plan) if plan else []
    return sorted(found, key=lambda each: (each.position, rooms.index(each.room) if each.room in rooms else 99))


def places_on_stage(hackathon: Hackathon) -> dict[int, int]:
    """Prototypes with their place in the published order, rooms side by side; nothing while there is none."""
    plan = find_plan(hackathon)
    pitches = pitches_of(hackathon) if plan and plan.published_at else []
    return {pitch.prototype_id: place for place, pitch in enumerate(pitches)}


def get_pitch(hackathon: Hackathon, pitch_id: int) -> Pitch:
    pitch = db.session.get(Pitch, pitch_id) if 0 < pitch_id <= LARGEST_ID else None
    if pitch is None or pitch.hackathon_id != hackathon.id:
        raise NotFound
    return pitch


def titles_of(hackathon: Hackathon) -> dict[int, HandIn]:
    """The versions that count, by prototype: what stands on the stage."""
    return {prototype.id: hand_in for prototype, hand_in in gallery_of(hackathon)}


def missing_from_plan(hackathon: Hackathon) -> list[Prototype]:
    """Handed in, but not on the stage: a team with a late permit."""
    planned = {pitch.prototype_id for pitch in pitches_of(hackathon)}
    return [prototype for prototype, _hand_in in gallery_of(hackathon) if prototype.id not in planned]


@dataclass(frozen=True)
class Stage:
    """What happens in one room: now, next, and after that."""

    room: str
    running: Pitch | None
    coming: Sequence[Pitch]


def stages_of(plan: PitchPlan, *, most: int = 2) -> list[Stage]:
    pitches = pitches_of(plan.hackathon)
    stages = []
    for room in rooms_of(plan):
        here = [pitch for pitch in pitches if pitch.room == room]
        running = next((pitch for pitch in here if pitch.state == "running"), None)
        stages.append(Stage(room, running, [pitch for pitch in here if pitch.state == "planned"][:most]))
    return stages


def by_room(plan: PitchPlan) -> list[tuple[str, list[Pitch]]]:
    pitches = pitches_of(plan.hackathon)
    return [(room, [pitch for pitch in pitches if pitch.room == room]) for room in rooms_of(plan)]


def is_as_drawn(plan: PitchPlan) -> bool:
    """Whether the seed still gives the order that stands."""
    teams = [pitch.prototype.team_id for pitch in pitches_of(plan.hackathon)]
    return draw(plan.seed, teams) == teams


def times_drawn(plan: PitchPlan) -> int:
    """A seed could be tried until the order pleases, so everybody sees how often it was drawn."""
    return len(entries_of(plan.hackathon, deed="pitches.drawn"))
