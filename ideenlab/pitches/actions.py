"""The order on the stage is drawn from a seed, put right by hand, and followed while it happens."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.pitches.maths import draw, minutes_before, seats
from ideenlab.pitches.models import Pitch, PitchPlan
from ideenlab.pitches.queries import locked_plan, missing_from_plan, pitches_of, rooms_of
from ideenlab.pitches.rules import may_draw_order, may_plan_pitches, may_publish_plan
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import gallery_of

STATES = ("planned", "running", "done", "absent")
MOST_ROOMS = 8


@dataclass(frozen=True)
class Timing:
    """When, how long, and where."""

    starts_at: datetime
    minutes: int
    change_minutes: int
    rooms: Sequence[str]

    def written_rooms(self) -> str:
        rooms = list(dict.fromkeys(clean_line(room) for room in self.rooms if clean_line(room)))
        if len(rooms) > MOST_ROOMS:
            raise Invalid(_("At most %(most)s rooms, please.", most=MOST_ROOMS), field="rooms")
        if any(len(room) > Pitch.room.type.length for room in rooms):
            raise Invalid(
                _("A room's name has at most %(most)s characters.", most=Pitch.room.type.length), field="rooms"
            )
        return "\n".join(rooms)


def plan_pitches(organiser: Person, *, hackathon: Hackathon, timing: Timing, revision: int) -> PitchPlan:
    """Set the plan up, or change it: who has a place keeps the order. `revision` 0 when there was no plan."""
    require(may_plan_pitches(organiser, hackathon))
    plan = locked_plan(hackathon)
    if (plan.revision if plan else 0) != revision:
        raise _changed_meanwhile()
    rooms = timing.written_rooms()
    if plan is None:
        plan = PitchPlan(hackathon=hackathon, starts_at=timing.starts_at, revision=0)
        db.session.add(plan)
    plan.starts_at, plan.minutes, plan.change_minutes = timing.starts_at, timing.minutes, timing.change_minutes
    plan.rooms = rooms
    standing = pitches_of(hackathon)
    _seat(plan, standing)
    _changed(organiser, plan, "pitches.planned")
    return plan


def draw_order(organiser: Person, *, hackathon: Hackathon, seed: str, revision: int) -> PitchPlan:
    """Everybody who handed in gets a place by lot. Without a seed one is made up; either way it is published."""
    plan = _latest(hackathon, revision)
    require(may_draw_order(organiser, plan, now()))
    by_team = {prototype.team_id: prototype for prototype, _hand_in in gallery_of(hackathon)}
    if not by_team:
        raise Invalid(_("No prototype was handed in yet."), field="seed")
    plan.seed, plan.drawn_at = clean_line(seed) or secrets.token_hex(8), now()
    db.session.execute(delete(Pitch).where(Pitch.hackathon_id == hackathon.id))
    _place(plan, [by_team[team] for team in draw(plan.seed, by_team)], after=0)
    _changed(organiser, plan, "pitches.drawn", note=plan.seed)
    return plan


def add_late_teams(organiser: Person, *, hackathon: Hackathon, revision: int) -> None:
    """Who handed in after the draw comes last, also by lot."""
    plan = _latest(hackathon, revision)
    require(may_plan_pitches(organiser, hackathon))
    by_team = {prototype.team_id: prototype for prototype in missing_from_plan(hackathon)}
    last = max((pitch.position for pitch in pitches_of(hackathon)), default=0)
    _place(plan, [by_team[team] for team in draw(plan.seed, by_team)], after=last)
    _changed(organiser, plan, "pitches.late_added", note=str(len(by_team)))


def swap_pitches(organiser: Person, *, hackathon: Hackathon, first: Pitch, second: Pitch, revision: int) -> None:
    """Two teams change places: because of a train, or because both agreed."""
    plan = _latest(hackathon, revision)
    require(may_plan_pitches(organiser, hackathon))
    if first.id == second.id:
        raise Invalid(_("Please choose two different teams."), field="second")
    for pitch in (first, second):
        if pitch.state in ("running", "done"):
            raise Invalid(_("%(team)s has been on the stage already.", team=pitch.prototype.team.name), field="first")
    places = [(second.id, first.room, first.position, first.starts_at),
              (first.id, second.room, second.position, second.starts_at)]  # fmt: skip
    _move(places)
    names = f"{first.prototype.team.name} ↔ {second.prototype.team.name}"
    _changed(organiser, plan, "pitches.swapped", note=names)


def set_pitch_state(organiser: Person, *, pitch: Pitch, state: str) -> None:
    """Begin, end, or note that nobody came; `planned` takes it back. One team at a time stands in a room."""
    plan = locked_plan(pitch.hackathon)
    require(may_plan_pitches(organiser, pitch.hackathon))
    if plan is None or state not in STATES:
        raise NotFound
    if state == "running":
        for other in pitches_of(pitch.hackathon):
            if other.room == pitch.room and other.state == "running" and other.id != pitch.id:
                other.state, other.ended_at = "done", now()
    if pitch.state != state:
        pitch.began_at = now() if state == "running" else pitch.began_at if state == "done" else None
        pitch.ended_at = now() if state == "done" else None
        pitch.state = state
        record(organiser, f"pitches.{state}", pitch)
    db.session.flush()


def publish_plan(organiser: Person, *, hackathon: Hackathon) -> None:
    plan = locked_plan(hackathon)
    if plan is None:
        raise NotFound
    require(may_publish_plan(organiser, plan))
    if plan.published_at is None:
        plan.published_at = now()
        record(organiser, "pitches.published", hackathon, note=plan.seed)
    db.session.flush()


def withdraw_plan(organiser: Person, *, hackathon: Hackathon) -> None:
    plan = locked_plan(hackathon)
    if plan is None:
        raise NotFound
    require(may_plan_pitches(organiser, hackathon))
    if plan.published_at is not None:
        plan.published_at = None
        record(organiser, "pitches.withdrawn", hackathon)
    db.session.flush()


def _latest(hackathon: Hackathon, revision: int) -> PitchPlan:
    plan = locked_plan(hackathon)
    if plan is None:
        raise NotFound
    if plan.revision != revision:
        raise _changed_meanwhile()
    return plan


def _changed_meanwhile() -> Conflict:
    return Conflict(_("Somebody else has changed the plan meanwhile. Please look at it again."))


def _changed(organiser: Person, plan: PitchPlan, deed: str, *, note: str = "") -> None:
    plan.revision += 1
    record(organiser, deed, plan.hackathon, note=note)
    db.session.flush()


def _start(plan: PitchPlan, position: int) -> datetime:
    return plan.starts_at + timedelta(minutes=minutes_before(position, plan.minutes, plan.change_minutes))


def _place(plan: PitchPlan, prototypes: Sequence[Prototype], *, after: int) -> None:
    for prototype, (room, position) in zip(prototypes, seats(len(prototypes), rooms_of(plan)), strict=True):
        db.session.add(
            Pitch(
                hackathon_id=plan.hackathon_id, prototype=prototype, room=room, position=after + position,
                starts_at=_start(plan, after + position),
            )
        )  # fmt: skip
    db.session.flush()


def _seat(plan: PitchPlan, pitches: Sequence[Pitch]) -> None:
    """The same order in other rooms or at other times."""
    seated = zip(pitches, seats(len(pitches), rooms_of(plan)), strict=True)
    _move([(pitch.id, room, position, _start(plan, position)) for pitch, (room, position) in seated])


def _move(places: Sequence[tuple[int, str, int, datetime]]) -> None:
    """All at once: no two stand on one place, not even for a moment."""
    db.session.flush()
    numbers = [number for number, *_place in places]
    aside = update(Pitch).where(Pitch.id.in_(numbers)).values(position=-Pitch.id)
    db.session.execute(aside.execution_options(synchronize_session=False))
    for number, room, position, starts_at in places:
        there = update(Pitch).where(Pitch.id == number).values(room=room, position=position, starts_at=starts_at)
        db.session.execute(there.execution_options(synchronize_session=False))
    db.session.expire_all()
