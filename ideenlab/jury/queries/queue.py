"""What lies before a juror, in the order of the stage."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import contains_eager

from ideenlab.accounts.models import Person, SignIn
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import (
    Ballot,
    Juror,
    JuryAssignment,
    JuryRound,
    JuryRoundPrototype,
    JuryRules,
    JuryRulesVersion,
    Recusal,
)
from ideenlab.jury.queries.conflicts import HELD
from ideenlab.jury.queries.panel import jurors_of, jury_of
from ideenlab.pitches.models import Pitch
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.teams.models import Membership, Team

NOT_WANTED = ("own_team", "recused", "absent", "closed")


@dataclass(frozen=True)
class QueueItem:
    """One prototype in a juror's queue. `ballot` is that of the round that holds; None while nothing is saved."""

    prototype: Prototype
    title: str
    pitch: Pitch | None
    ballot: Ballot | None
    state: str  # own_team recused absent closed, or: submitted confirm (under older rules) begun open

    @property
    def is_on_stage(self) -> bool:
        return self.pitch is not None and self.pitch.state == "running"

    @property
    def is_wanted(self) -> bool:
        return self.state not in NOT_WANTED

    @property
    def is_done(self) -> bool:
        return self.state == "submitted"


@dataclass(frozen=True)
class Queue:
    """What one juror has to do in one hackathon."""

    juror: Juror
    items: Sequence[QueueItem]
    version: int  # of the rules in force
    has_open_round: bool  # after the first

    @property
    def wanted(self) -> list[QueueItem]:
        return [item for item in self.items if item.is_wanted]

    @property
    def left(self) -> list[QueueItem]:
        return [item for item in self.wanted if not item.is_done]

    @property
    def begun(self) -> list[QueueItem]:
        return [item for item in self.wanted if item.state == "begun"]

    @property
    def late(self) -> list[QueueItem]:
        """Not handed in, though the team has presented."""
        return [item for item in self.left if item.pitch and item.pitch.state == "done"]

    @property
    def next(self) -> QueueItem | None:
        """What is on the stage, else the first that is still open."""
        return next((item for item in self.left if item.is_on_stage), next(iter(self.left), None))

    @property
    def rooms(self) -> int:
        return len({item.pitch.room for item in self.items if item.pitch})

    @property
    def is_informed(self) -> bool:
        return self.juror.informed_at is not None or any(item.ballot for item in self.items)

    @property
    def has_new_rules(self) -> bool:
        return self.juror.informed_at is not None and self.juror.confirmed_version < self.version


@dataclass(frozen=True)
class _Known:
    """What is read for all juries of a person at once."""

    own: Collection[tuple[int, int]]  # person, team
    recused: Collection[tuple[int, int]]  # juror, team
    assigned: Collection[tuple[int, int]]  # juror, prototype
    planned: Collection[int]  # hackathons
    versions: Mapping[int, int]  # in force, by hackathon
    rounds: Mapping[int, tuple[int, bool]]  # number and whether it is open, by prototype
    ballots: Mapping[tuple[int, int, int], Ballot]  # by juror, prototype and round
    open_rounds: Collection[int]  # hackathons

    def state(self, juror: Juror, prototype: Prototype, pitch: Pitch | None) -> str:
        if (juror.person_id, prototype.team_id) in self.own:
            return "own_team"
        if (juror.id, prototype.team_id) in self.recused:
            return "recused"
        if pitch and pitch.state == "absent":
            return "absent"
        number, is_open = self.rounds.get(prototype.id, (1, True))
        if juror.hackathon_id in self.open_rounds and (number == 1 or not is_open):
            return "closed"
        return self._of_ballot(juror, self.ballots.get((juror.id, prototype.id, number)))

    def _of_ballot(self, juror: Juror, ballot: Ballot | None) -> str:
        if ballot is None:
            return "open"
        if ballot.state != "submitted":
            return "begun"
        return "submitted" if ballot.rules_version >= self.versions.get(juror.hackathon_id, 1) else "confirm"

    def ballot(self, juror: Juror, prototype: Prototype) -> Ballot | None:
        return self.ballots.get((juror.id, prototype.id, self.rounds.get(prototype.id, (1, True))[0]))

    def is_listed(self, juror: Juror, prototype: Prototype) -> bool:
        if prototype.hackathon_id != juror.hackathon_id:
            return False
        return juror.hackathon_id not in self.planned or (juror.id, prototype.id) in self.assigned


def queue_of(person: Person) -> list[Queue]:
    """For each jury of a person the prototypes they score, in the order of the stage, then by name of the team."""
    return _queues(jury_of(person))


def queues_of(hackathon: Hackathon) -> list[Queue]:
    """For everybody on the jury, by name: what is handed in, begun and open. No points."""
    return _queues(jurors_of(hackathon))


def last_seen(hackathon: Hackathon) -> dict[int, datetime]:
    """When members of the jury were last here, by number of the person; who is signed in nowhere is not in it."""
    seen = (
        select(SignIn.person_id, func.max(SignIn.last_seen_at))
        .join(Juror, Juror.person_id == SignIn.person_id)
        .where(Juror.hackathon_id == hackathon.id, Juror.removed_at.is_(None))
        .group_by(SignIn.person_id)
    )
    return {person_id: at for person_id, at in db.session.execute(seen) if person_id}


def _queues(juries: Sequence[Juror]) -> list[Queue]:
    if not juries:
        return []
    handed_in = _handed_in({juror.hackathon_id for juror in juries})
    known = _known(juries)
    return [
        Queue(
            juror,
            [
                QueueItem(each, title, pitch, known.ballot(juror, each), known.state(juror, each, pitch))
                for each, title, pitch in handed_in if known.is_listed(juror, each)
            ],
            known.versions.get(juror.hackathon_id, 1),
            juror.hackathon_id in known.open_rounds,
        )
        for juror in juries
    ]  # fmt: skip


def _handed_in(hackathon_ids: Collection[int]) -> Sequence[Row[Prototype, str, Pitch]]:
    """Prototype, title of the version that counts, and place on the stage."""
    newest = select(HandIn.prototype_id, func.max(HandIn.number).label("number")).group_by(HandIn.prototype_id)
    latest = newest.subquery()
    return db.session.execute(
        select(Prototype, HandIn.title, Pitch)
        .join(latest, latest.c.prototype_id == Prototype.id)
        .join(HandIn, (HandIn.prototype_id == Prototype.id) & (HandIn.number == latest.c.number))
        .join(Team, Team.id == Prototype.team_id)
        .outerjoin(Pitch, Pitch.prototype_id == Prototype.id)
        .where(Prototype.hackathon_id.in_(hackathon_ids))
        .options(contains_eager(Prototype.team))
        .order_by(Pitch.starts_at.is_(None), Pitch.starts_at, Pitch.room, Team.name_folded, Prototype.id)
    ).all()


def _known(juries: Sequence[Juror]) -> _Known:
    jurors, hackathons = [juror.id for juror in juries], [juror.hackathon_id for juror in juries]
    people = [juror.person_id for juror in juries]
    own = db.session.execute(select(Membership.person_id, Membership.team_id).where(Membership.person_id.in_(people)))
    recused = db.session.execute(
        select(Recusal.juror_id, Recusal.team_id).where(Recusal.juror_id.in_(jurors), Recusal.state.in_(HELD))
    )
    assigned = db.session.execute(
        select(JuryAssignment.juror_id, JuryAssignment.prototype_id).where(JuryAssignment.juror_id.in_(jurors))
    )
    newest = select(func.max(JuryRulesVersion.number)).where(JuryRulesVersion.hackathon_id == JuryRules.hackathon_id)
    rules = db.session.execute(
        select(JuryRules.hackathon_id, JuryRules.panel, func.coalesce(newest.scalar_subquery(), JuryRules.version))
        .where(JuryRules.hackathon_id.in_(hackathons))
    ).all()  # fmt: skip
    rounds = db.session.execute(
        select(JuryRoundPrototype.prototype_id, JuryRound.number, JuryRound.closed_at, JuryRound.hackathon_id)
        .join(JuryRound, JuryRound.id == JuryRoundPrototype.round_id)
        .where(JuryRound.hackathon_id.in_(hackathons))
        .order_by(JuryRound.closed_at.is_(None), JuryRound.number)
    ).all()
    ballots = db.session.scalars(select(Ballot).where(Ballot.juror_id.in_(jurors)))
    return _Known(
        own={(person_id, team_id) for person_id, team_id in own},
        recused={(juror_id, team_id) for juror_id, team_id in recused},
        assigned={(juror_id, prototype_id) for juror_id, prototype_id in assigned},
        planned={hackathon_id for hackathon_id, panel, _version in rules if panel == "plan"},
        versions={hackathon_id: version for hackathon_id, _panel, version in rules},
        rounds={prototype_id: (number, closed_at is None) for prototype_id, number, closed_at, _of in rounds},
        ballots={(ballot.juror_id, ballot.prototype_id, ballot.round): ballot for ballot in ballots},
        open_rounds={hackathon_id for _prototype_id, _number, closed_at, hackathon_id in rounds if closed_at is None},
    )
