"""The way of a juror from prototype to prototype, in the order of the pitches."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select

from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import (
    Ballot,
    Criterion,
    Juror,
    JuryAssignment,
    JuryRound,
    JuryRoundPrototype,
    JuryRules,
    Recusal,
    Score,
)
from ideenlab.pitches.models import Pitch
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.teams.models import Membership, Team


@dataclass(frozen=True)
class Stop:
    """A prototype this juror scores. `done`: its ballot is handed in under the rules that hold."""

    prototype_id: int
    team: str
    done: bool
    round_number: int


@dataclass(frozen=True)
class Way:
    stops: Sequence[Stop]
    here: int  # -1: not on it

    @property
    def before(self) -> Stop | None:
        return self.stops[self.here - 1] if self.here > 0 else None

    @property
    def after(self) -> Stop | None:
        return self.stops[self.here + 1] if 0 <= self.here < len(self.stops) - 1 else None


# By the plan of the pitches; what is not in it follows by name of the team
IN_ORDER_OF_PITCHES = (Pitch.starts_at.is_(None), Pitch.starts_at, Pitch.room, Team.name_folded, Prototype.id)

_OPEN_ROUND = (
    select(func.max(JuryRound.number))
    .join(JuryRoundPrototype, JuryRoundPrototype.round_id == JuryRound.id)
    .where(JuryRoundPrototype.prototype_id == Prototype.id, JuryRound.closed_at.is_(None))
    .correlate(Prototype)
    .scalar_subquery()
)

_STOPS = (
    select(
        Juror.id,
        Prototype.id,
        Team.name,
        select(Ballot.id)
        .where(
            Ballot.juror_id == Juror.id,
            Ballot.prototype_id == Prototype.id,
            Ballot.round == func.coalesce(_OPEN_ROUND, 1),
            Ballot.state == "submitted",
            Ballot.rules_version >= func.coalesce(JuryRules.version, 1),
        )
        .exists(),
        func.coalesce(_OPEN_ROUND, 1),
    )
    .select_from(Juror)
    .join(Prototype, Prototype.hackathon_id == Juror.hackathon_id)
    .join(Team, Team.id == Prototype.team_id)
    .outerjoin(JuryRules, JuryRules.hackathon_id == Juror.hackathon_id)
    .outerjoin(Pitch, Pitch.prototype_id == Prototype.id)
    .where(
        Juror.removed_at.is_(None),
        select(HandIn.id).where(HandIn.prototype_id == Prototype.id).exists(),
        func.coalesce(Pitch.state, "planned") != "absent",
        ~select(Membership.id).where(Membership.team_id == Team.id, Membership.person_id == Juror.person_id).exists(),
        ~select(Recusal.id)
        .where(Recusal.juror_id == Juror.id, Recusal.team_id == Team.id, Recusal.state != "dismissed")
        .exists(),
        or_(
            func.coalesce(JuryRules.panel, "full") == "full",
            select(JuryAssignment.id)
            .where(JuryAssignment.juror_id == Juror.id, JuryAssignment.prototype_id == Prototype.id)
            .exists(),
        ),
    )
    .order_by(*IN_ORDER_OF_PITCHES)
)
_WAY = _STOPS.where(Juror.id == bindparam("juror_id"))
_WAYS = _STOPS.where(Juror.hackathon_id == bindparam("hackathon_id"))


def way_of(juror: Juror, prototype: Prototype) -> Way:
    """All prototypes this juror scores in the hackathon, and where this one stands among them. One statement."""
    stops = [Stop(*row[1:]) for row in db.session.execute(_WAY, {"juror_id": juror.id})]
    here = next((place for place, stop in enumerate(stops) if stop.prototype_id == prototype.id), -1)
    return Way(stops, here)


def ways_of(hackathon: Hackathon) -> dict[int, list[Stop]]:
    """What everybody on the jury scores, by number of the juror, in the order of the pitches. One statement."""
    found: dict[int, list[Stop]] = {}
    for juror_id, *stop in db.session.execute(_WAYS, {"hackathon_id": hackathon.id}):
        found.setdefault(juror_id, []).append(Stop(*stop))
    return found


def earlier_points(juror: Juror, prototype: Prototype, *, round_number: int) -> dict[int, dict[int, Score]]:
    """What this juror gave the prototype in the rounds before, by round and number of the criterion."""
    rows = db.session.execute(
        select(Ballot.round, Score)
        .join(Score, Score.ballot_id == Ballot.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Ballot.juror_id == juror.id, Ballot.prototype_id == prototype.id, Ballot.round < round_number)
        .order_by(Ballot.round, Criterion.position)
    )
    found: dict[int, dict[int, Score]] = {}
    for number, score in rows:
        found.setdefault(number, {})[score.criterion_id] = score
    return found
