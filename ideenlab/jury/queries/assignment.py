"""Who scores what where the jury is shared out by a plan, what a plan would look like, and what is missing in it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.queries import entries_of
from ideenlab.jury.maths import Plan, plan
from ideenlab.jury.models import Ballot, Juror, JuryAssignment
from ideenlab.jury.queries.conflicts import conflicting_pairs
from ideenlab.jury.queries.panel import jurors_of, rules_of
from ideenlab.pitches.models import Pitch
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import handed_in_of
from ideenlab.teams.models import Team

Key = tuple[int, int]  # prototype and juror, as in the arithmetic


def assignments_of(hackathon: Hackathon) -> Sequence[JuryAssignment]:
    """The lines of the plan for jurors who are there, by team and juror."""
    return db.session.scalars(
        select(JuryAssignment)
        .join(Juror, Juror.id == JuryAssignment.juror_id)
        .join(Prototype, Prototype.id == JuryAssignment.prototype_id)
        .join(Team, Team.id == Prototype.team_id)
        .where(Juror.hackathon_id == hackathon.id, Juror.removed_at.is_(None))
        .options(contains_eager(JuryAssignment.juror), contains_eager(JuryAssignment.prototype, Prototype.team))
        .order_by(Team.name_folded, Prototype.id, Juror.name, Juror.id)
    ).all()


def absent_of(hackathon: Hackathon) -> list[Prototype]:
    """Prototypes of teams that did not present, by name of the team: unranked, and in the protocol."""
    return list(db.session.scalars(
        select(Prototype)
        .join(Pitch, Pitch.prototype_id == Prototype.id)
        .join(Team, Team.id == Prototype.team_id)
        .where(Pitch.hackathon_id == hackathon.id, Pitch.state == "absent")
        .options(joinedload(Prototype.team))
        .order_by(Team.name_folded, Prototype.id)
    ))  # fmt: skip


def to_be_scored(hackathon: Hackathon) -> list[Prototype]:
    """Handed in, and not of a team that did not present; by name of the team."""
    absent = {prototype.id for prototype in absent_of(hackathon)}
    found = [prototype for prototype, _hand_in in handed_in_of(hackathon) if prototype.id not in absent]
    return sorted(found, key=lambda prototype: (prototype.team.name_folded, prototype.id))


def begun_pairs(hackathon: Hackathon) -> set[Key]:
    """Prototype and juror with a ballot that was at least begun."""
    begun = select(Ballot.prototype_id, Ballot.juror_id).join(Juror, Juror.id == Ballot.juror_id)
    rows = db.session.execute(begun.where(Juror.hackathon_id == hackathon.id, Juror.removed_at.is_(None)))
    return {(prototype_id, juror_id) for prototype_id, juror_id in rows}


@dataclass(frozen=True)
class Proposal:
    """A plan with everything it was made from. Keys in `plan` are numbers of prototypes and jurors."""

    plan: Plan[int, int]
    seed: str
    prototypes: Mapping[int, Prototype]
    jurors: Mapping[int, Juror]
    kept: Collection[Key]

    @property
    def mark(self) -> str:
        """Of two proposals with the same mark nobody sees a difference."""
        text = ",".join(f"{p}-{j}" for p, j in sorted(self.plan.pairs))
        return hashlib.sha256(f"{self.seed}:{text}".encode()).hexdigest()[:16]

    def jurors_for(self, prototype_id: int) -> list[Juror]:
        found = [self.jurors[juror_id] for juror_id in self.plan.jurors_of(prototype_id)]
        return sorted(found, key=lambda juror: (juror.name, juror.id))

    @property
    def failures(self) -> list[tuple[str, list[str], list[str]]]:
        """Which constraint cannot be met, with the names of teams and jurors it fails for."""
        return [
            (
                each.constraint,
                sorted(self.prototypes[one].team.name for one in each.prototypes),
                sorted(self.jurors[one].name for one in each.jurors),
            )
            for each in self.plan.failed
        ]

    @property
    def loads(self) -> list[tuple[Juror, int]]:
        return [(juror, len(self.plan.prototypes_of(juror.id))) for juror in self.jurors.values()]


def next_seed(hackathon: Hackathon) -> str:
    """Nobody picks it: the name of the hackathon and how often it was planned."""
    return f"{hackathon.slug}-{len(entries_of(hackathon, deed='jury.planned')) + 1}"


def propose_plan(hackathon: Hackathon) -> Proposal:
    """Conflicts and own teams are respected; ballots that were begun and lines added by hand are kept."""
    prototypes = {prototype.id: prototype for prototype in to_be_scored(hackathon)}
    jurors = {juror.id: juror for juror in jurors_of(hackathon)}
    added = {(each.prototype_id, each.juror_id) for each in assignments_of(hackathon) if each.source == "added"}
    kept, seed = begun_pairs(hackathon) | added, next_seed(hackathon)
    conflicts = {(prototype_id, juror_id) for juror_id, prototype_id in conflicting_pairs(hackathon)}
    made = plan(
        list(prototypes), list(jurors), seed=seed, ballots=rules_of(hackathon).ballots_each, conflicts=conflicts,
        kept=kept,
    )  # fmt: skip
    return Proposal(made, seed, prototypes, jurors, kept)


@dataclass(frozen=True)
class Gap:
    """A prototype with fewer jurors than the rules ask for, and who could take it: least to do first."""

    prototype: Prototype
    missing: int
    candidates: Sequence[Juror]


def gaps_of(hackathon: Hackathon) -> list[Gap]:
    """Because a juror is biased, was removed or could not be replaced, or a team came late."""
    jurors, conflicts = jurors_of(hackathon), conflicting_pairs(hackathon)
    given: dict[int, set[int]] = {}
    for each in assignments_of(hackathon):
        if (each.juror_id, each.prototype_id) not in conflicts:
            given.setdefault(each.prototype_id, set()).add(each.juror_id)
    loads = Counter(juror_id for of_prototype in given.values() for juror_id in of_prototype)
    wanted, found = rules_of(hackathon).ballots_each, []
    for prototype in to_be_scored(hackathon):
        have = given.get(prototype.id, set())
        free = [j for j in jurors if j.id not in have and (j.id, prototype.id) not in conflicts]
        if len(have) < wanted:
            free.sort(key=lambda juror: (loads[juror.id], juror.name, juror.id))
            found.append(Gap(prototype, wanted - len(have), free))
    return found
