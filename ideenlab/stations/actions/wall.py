"""The live wall: one button takes an idea off, another blanks it."""

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.models import Call, Idea
from ideenlab.stations.models import OffWall, Wall
from ideenlab.stations.rules import may_steer_wall


def take_off_wall(moderator: Person, *, idea: Idea) -> None:
    """Only off the wall: on its page the idea stays until the moderation hides it."""
    require(may_steer_wall(moderator))
    if db.session.get(OffWall, idea.id) is None:
        db.session.add(OffWall(idea_id=idea.id))
        record(moderator, "stations.taken_off_wall", idea)
    db.session.flush()


def put_on_wall(moderator: Person, *, idea: Idea) -> None:
    require(may_steer_wall(moderator))
    off = db.session.get(OffWall, idea.id)
    if off is not None:
        db.session.delete(off)
        record(moderator, "stations.put_on_wall", idea)
    db.session.flush()


def blank_wall(moderator: Person, *, call: Call) -> None:
    """At once, for everybody who looks, until somebody shows it again."""
    require(may_steer_wall(moderator))
    _wall(call).blanked_at = now()
    record(moderator, "stations.wall_blanked", call)
    db.session.flush()


def show_wall(moderator: Person, *, call: Call) -> None:
    require(may_steer_wall(moderator))
    _wall(call).blanked_at = None
    record(moderator, "stations.wall_shown", call)
    db.session.flush()


def _wall(call: Call) -> Wall:
    wall = db.session.get(Wall, call.id)
    if wall is None:
        wall = Wall(call_id=call.id)
        db.session.add(wall)
    return wall
