"""Which ballots count, and everything else that is asked of the database for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import Sheet
from ideenlab.jury.models import (
    Ballot,
    BallotRevision,
    Juror,
    JuryAssignment,
    JuryRound,
    JuryRules,
    PaperBallot,
    Recusal,
    Score,
)
from ideenlab.pitches.models import Pitch
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import Membership

Pair = tuple[int, int]  # juror and prototype
Figure = Sheet[int, int, int]


@dataclass(frozen=True)
class Held:
    """What the ballots of a hackathon are, and who may score what."""

    ballots: Sequence[Ballot]  # of all rounds, as they were begun
    values: Mapping[int, Mapping[int, Fraction | None]]  # by ballot and criterion
    rounds: Sequence[JuryRound]
    own_teams: frozenset[Pair]
    recused: frozenset[Pair]
    assigned: frozenset[Pair] | None  # None: everybody scores all
    absent: frozenset[int]  # prototypes whose team did not present
    sources: Mapping[int, str]  # where the latest revision of a ballot comes from, if not from a juror's own page

    def may_score(self, pair: Pair) -> bool:
        return (
            pair not in self.own_teams and pair not in self.recused and pair[1] not in self.absent
            and (self.assigned is None or pair in self.assigned)
        )  # fmt: skip

    def round_of(self, prototype_id: int) -> int:
        """The latest round in which it is scored."""
        held = [r.number for r in self.rounds if any(each.prototype_id == prototype_id for each in r.prototypes)]
        return max(held, default=1)

    def sheet(self, ballot: Ballot) -> Figure:
        return Sheet(ballot.prototype_id, ballot.juror_id, self.values[ballot.id], ballot.state == "submitted")

    def counts(self, ballot: Ballot, *, version: int, jurors: frozenset[int]) -> bool:
        """The rule of the house: handed in, under the rules that hold, by somebody on the jury who may score it, and
        for a prototype of that round."""
        in_round = ballot.round == 1 or any(
            each.prototype_id == ballot.prototype_id
            for held in self.rounds if held.number == ballot.round for each in held.prototypes
        )  # fmt: skip
        return (
            ballot.state == "submitted" and ballot.rules_version == version and ballot.juror_id in jurors
            and in_round and self.may_score((ballot.juror_id, ballot.prototype_id))
        )  # fmt: skip


def held_of(hackathon: Hackathon, rules: JuryRules) -> Held:
    ballots = db.session.scalars(
        select(Ballot)
        .join(Juror, Juror.id == Ballot.juror_id)
        .where(Juror.hackathon_id == hackathon.id)
        .order_by(Ballot.id)
        .execution_options(populate_existing=True)
    ).all()
    rounds = db.session.scalars(
        select(JuryRound)
        .where(JuryRound.hackathon_id == hackathon.id)
        .options(selectinload(JuryRound.prototypes))
        .order_by(JuryRound.number)
    ).all()
    absent = select(Pitch.prototype_id).where(Pitch.hackathon_id == hackathon.id, Pitch.state == "absent")
    return Held(
        ballots=ballots, values=_values(hackathon, ballots), rounds=rounds, own_teams=_own_teams(hackathon),
        recused=_recused(hackathon), assigned=_assigned(hackathon) if rules.panel == "plan" else None,
        absent=frozenset(db.session.scalars(absent)), sources=_sources(hackathon),
    )  # fmt: skip


def _values(hackathon: Hackathon, ballots: Sequence[Ballot]) -> dict[int, dict[int, Fraction | None]]:
    """Points of all criteria that were scored or excused."""
    values: dict[int, dict[int, Fraction | None]] = {ballot.id: {} for ballot in ballots}
    scores = (
        select(Score.ballot_id, Score.criterion_id, Score.half_points)
        .join(Ballot, Ballot.id == Score.ballot_id)
        .join(Juror, Juror.id == Ballot.juror_id)
        .where(Juror.hackathon_id == hackathon.id, or_(Score.half_points.is_not(None), Score.excuse != ""))
    )
    for ballot_id, criterion_id, half_points in db.session.execute(scores):
        values[ballot_id][criterion_id] = None if half_points is None else Fraction(half_points, 2)
    return values


def _own_teams(hackathon: Hackathon) -> frozenset[Pair]:
    """Jurors who are members of a team, with its prototype."""
    rows = db.session.execute(
        select(Juror.id, Prototype.id)
        .join(Membership, (Membership.person_id == Juror.person_id) & (Membership.hackathon_id == Juror.hackathon_id))
        .join(Prototype, Prototype.team_id == Membership.team_id)
        .where(Juror.hackathon_id == hackathon.id)
    )
    return frozenset((juror_id, prototype_id) for juror_id, prototype_id in rows)


def _recused(hackathon: Hackathon) -> frozenset[Pair]:
    rows = db.session.execute(
        select(Recusal.juror_id, Prototype.id)
        .join(Prototype, Prototype.team_id == Recusal.team_id)
        .join(Juror, Juror.id == Recusal.juror_id)
        .where(Juror.hackathon_id == hackathon.id, Recusal.state != "dismissed")
    )
    return frozenset((juror_id, prototype_id) for juror_id, prototype_id in rows)


def _assigned(hackathon: Hackathon) -> frozenset[Pair]:
    rows = db.session.execute(
        select(JuryAssignment.juror_id, JuryAssignment.prototype_id)
        .join(Juror, Juror.id == JuryAssignment.juror_id)
        .where(Juror.hackathon_id == hackathon.id)
    )
    return frozenset((juror_id, prototype_id) for juror_id, prototype_id in rows)


def _sources(hackathon: Hackathon) -> dict[int, str]:
    by_one = (
        select(PaperBallot.id)
        .where(PaperBallot.juror_id == Ballot.juror_id, PaperBallot.prototype_id == Ballot.prototype_id,
               PaperBallot.round == Ballot.round, PaperBallot.state == "accepted",
               PaperBallot.checked_by_id == PaperBallot.typed_by_id)
        .exists()
    )  # fmt: skip
    rows = db.session.execute(
        select(Ballot.id, BallotRevision.source, by_one)
        .join(BallotRevision, (BallotRevision.ballot_id == Ballot.id) & (BallotRevision.number == Ballot.revision))
        .join(Juror, Juror.id == Ballot.juror_id)
        .where(Juror.hackathon_id == hackathon.id, BallotRevision.source != "online")
    )
    return {number: "paper_by_one" if source == "paper" and one else source for number, source, one in rows}
