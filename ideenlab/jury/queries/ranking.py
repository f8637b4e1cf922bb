"""What follows from the ballots: who has scored what, and the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from sqlalchemy import func, or_, select

from ideenlab.core.db import db
from ideenlab.core.text import fold
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import TIES, Rule, Sheet, Standing, ranking
from ideenlab.jury.models import Ballot, Criterion, Juror, JuryRules, Result, Score
from ideenlab.jury.queries.panel import criteria_of, panel_of, rules_of
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.queries import handed_in_of
from ideenlab.teams.models import Membership

Figure = Sheet[int, int, int]


@dataclass(frozen=True)
class Entry:
    """A prototype with the version that counts and where it stands."""

    prototype: Prototype
    hand_in: HandIn
    standing: Standing[int, int]


@dataclass(frozen=True)
class Figures:
    """Everything the arithmetic knows about a hackathon. `entries` are in order of place, those without one last."""

    rules: JuryRules
    criteria: Sequence[Criterion]
    panel: Sequence[Juror]
    ballots: Mapping[tuple[int, int], Ballot]  # by juror and prototype
    own_teams: frozenset[tuple[int, int]]  # juror and prototype
    sheets: Sequence[Figure]
    entries: Sequence[Entry]
    rule: Rule[int, int]
    assigned: Mapping[int, int]  # how many jurors may score each prototype

    @property
    def jurors(self) -> list[Juror]:
        return [juror for juror in self.panel if juror.removed_at is None]

    @property
    def weights(self) -> dict[int, Fraction]:
        return weights_of(self.criteria)

    @property
    def ranked(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.standing.place]

    @property
    def unranked(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.standing.place]

    def state(self, juror: Juror, prototype: Prototype) -> str:
        """`own_team`, `open`, `begun` or `submitted`."""
        if (juror.id, prototype.id) in self.own_teams:
            return "own_team"
        ballot = self.ballots.get((juror.id, prototype.id))
        return "open" if ballot is None else "submitted" if ballot.state == "submitted" else "begun"

    @property
    def unfinished(self) -> list[tuple[Juror, list[Prototype]]]:
        """Who still has something to hand in, and for which prototypes."""
        found = [
            (juror, [e.prototype for e in self.by_team if self.state(juror, e.prototype) in ("open", "begun")])
            for juror in self.jurors
        ]
        return [(juror, prototypes) for juror, prototypes in found if prototypes]

    @property
    def by_team(self) -> list[Entry]:
        return sorted(self.entries, key=lambda entry: (entry.prototype.team.name_folded, entry.prototype.id))

    @property
    def submitted_count(self) -> int:
        return sum(self.state(j, e.prototype) == "submitted" for j in self.jurors for e in self.entries)

    @property
    def wanted_count(self) -> int:
        return sum(self.state(j, e.prototype) != "own_team" for j in self.jurors for e in self.entries)


def weights_of(criteria: Sequence[Criterion]) -> dict[int, Fraction]:
    return {criterion.id: Fraction(criterion.weight) for criterion in criteria}


def rule_of(rules: JuryRules, criteria: Sequence[Criterion]) -> Rule[int, int]:
    """The published rule, as the arithmetic takes it."""
    ties = {"criterion": TIES, "comparison": TIES[1:], "shared": ()}[rules.ties]
    weights = weights_of(criteria) or {0: Fraction(1)}  # before there are criteria: one that no ballot holds
    return Rule(weights, rules.quorum, aggregate=rules.aggregate, ties=ties)


def figures_of(hackathon: Hackathon) -> Figures:
    """The state of the ballots now and the order they give. Scores of removed jurors are not in it."""
    criteria, panel, rules = criteria_of(hackathon), panel_of(hackathon), rules_of(hackathon)
    handed_in = handed_in_of(hackathon)
    ballots, sheets = _ballots_and_sheets(hackathon)
    own_teams = _own_teams(hackathon)
    present = [juror.id for juror in panel if juror.removed_at is None]
    assigned = {
        prototype.id: sum((juror_id, prototype.id) not in own_teams for juror_id in present)
        for prototype, _hand_in in handed_in
    }  # fmt: skip
    valid = [sheet for sheet in sheets if sheet.juror in present and (sheet.juror, sheet.prototype) not in own_teams]
    rule = rule_of(rules, criteria)
    found = ranking(valid, rule, assigned=assigned)
    standings = {standing.prototype: standing for standing in found}
    entries = [Entry(prototype, hand_in, standings[prototype.id]) for prototype, hand_in in handed_in]
    entries.sort(key=lambda entry: (entry.standing.place or inf, fold(entry.hand_in.title)))
    return Figures(rules, criteria, panel, ballots, own_teams, valid, entries, rule, assigned)


def _ballots_and_sheets(hackathon: Hackathon) -> tuple[dict[tuple[int, int], Ballot], list[Figure]]:
    of_hackathon = Ballot.juror_id.in_(select(Juror.id).where(Juror.hackathon_id == hackathon.id))
    ballots = db.session.scalars(select(Ballot).where(of_hackathon).order_by(Ballot.id)).all()
    values: dict[int, dict[int, Fraction | None]] = {ballot.id: {} for ballot in ballots}
    given = or_(Score.half_points.is_not(None), Score.excuse != "")
    scores = select(Score.ballot_id, Score.criterion_id, Score.half_points).join(Ballot, Ballot.id == Score.ballot_id)
    for ballot_id, criterion_id, half_points in db.session.execute(scores.where(of_hackathon, given)):
        values[ballot_id][criterion_id] = None if half_points is None else Fraction(half_points, 2)
    sheets = [Sheet(b.prototype_id, b.juror_id, values[b.id], b.state == "submitted") for b in ballots]
    return {(ballot.juror_id, ballot.prototype_id): ballot for ballot in ballots}, sheets


def _own_teams(hackathon: Hackathon) -> frozenset[tuple[int, int]]:
    """Jurors who are members of a team, with its prototype."""
    rows = db.session.execute(
        select(Juror.id, Prototype.id)
        .join(Membership, (Membership.person_id == Juror.person_id) & (Membership.hackathon_id == Juror.hackathon_id))
        .join(Prototype, Prototype.team_id == Membership.team_id)
        .where(Juror.hackathon_id == hackathon.id)
    )
    return frozenset((juror_id, prototype_id) for juror_id, prototype_id in rows)


def find_result(hackathon: Hackathon) -> Result | None:
    """The published result that holds."""
    public = select(Result).where(Result.hackathon_id == hackathon.id, Result.published_at.is_not(None))
    return db.session.scalar(public.where(Result.withdrawn_at.is_(None)).order_by(Result.number.desc()).limit(1))


def has_result(hackathon: Hackathon) -> bool:
    """Published, or sealed for the ceremony: from then on no point changes."""
    found = select(func.count()).where(Result.hackathon_id == hackathon.id, Result.withdrawn_at.is_(None))
    return db.session.scalar(found) != 0
