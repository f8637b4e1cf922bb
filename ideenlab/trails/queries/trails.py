"""The way of one idea, as far as everybody may see it now. What is withdrawn or hidden is not there any more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from ideenlab.answers.models import Answer
from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.fits.queries import Echo, echoes_of
from ideenlab.hackathons.models import Hackathon
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import co_authors_of
from ideenlab.jury.maths.ceremony import awards_of
from ideenlab.jury.models import Result
from ideenlab.jury.queries import read_protocol
from ideenlab.merges.queries import merged_parts_of
from ideenlab.prototypes.models import HandIn, Prototype, PrototypeChallenge
from ideenlab.teams.models import Team
from ideenlab.trails.models import Outcome
from ideenlab.trails.queries.hops import result_holds, shown_challenge, shown_prototype


@dataclass(frozen=True)
class Verdict:
    """What a published result says of one prototype: its place, and the prizes it won."""

    result: Result
    place: int | None
    prizes: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Built:
    """A prototype that everybody can see, by the name it was handed in under."""

    prototype: Prototype
    title: str
    verdict: Verdict | None
    echo: Echo | None
    outcomes: Sequence[Outcome]


@dataclass(frozen=True)
class Branch:
    """A challenge that grew from the idea, and what grew from the challenge."""

    challenge: Challenge
    teams: Sequence[Team]
    built: Sequence[Built]


@dataclass(frozen=True)
class Step:
    """One step of a trail. `thing` is what its kind says: answer, branch, prototype (Built) or outcome."""

    at: datetime
    kind: str
    thing: Any
    branch: Branch | None = None


@dataclass(frozen=True)
class Trail:
    """The way of an idea. `target`: into which it was joined; `parts`: what was joined into it."""

    idea: Idea
    target: Idea | None
    parts: Sequence[Idea]
    writers: Sequence[str]
    answers: Sequence[Answer]
    branches: Sequence[Branch]

    @property
    def steps(self) -> list[Step]:
        """What came after the idea, the earliest first."""
        answers = [Step(each.published_at or each.created_at, "answer", each) for each in self.answers]
        grown = [step for branch in self.branches for step in _steps_of(branch)]
        return sorted([*answers, *grown], key=lambda step: step.at)


def _steps_of(branch: Branch) -> list[Step]:
    """Teams have no date of their own: they come with the beginning of the hackathon."""
    hackathon, begun = branch.challenge.hackathon, branch.challenge.published_at or branch.challenge.created_at
    steps = [Step(begun, "challenge", branch.challenge, branch)]
    if branch.teams:
        steps.append(Step(max(begun, hackathon.starts_at), "team", branch.teams, branch))
    for each in branch.built:
        steps.append(Step(max(begun, hackathon.gallery_shown_at or begun), "prototype", each, branch))
        if each.verdict:
            steps.append(Step(each.verdict.result.published_at or begun, "verdict", each, branch))
        steps += [Step(outcome.told_on, "outcome", outcome, branch) for outcome in each.outcomes]
    return steps


def trail_of(idea: Idea) -> Trail:
    """The same number of statements for every idea, however far it came."""
    parts = merged_parts_of(idea)
    target = find(Idea, idea.merged_into_id) if idea.merged_into_id else None
    answers = db.session.scalars(
        select(Answer)
        .where(Answer.idea_id == idea.id, Answer.state == "published")
        .options(joinedload(Answer.office))
        .order_by(Answer.published_at, Answer.id)
    ).all()
    return Trail(
        idea=idea, target=target if target and target.state == "published" else None, parts=parts,
        writers=[each.person.pseudonym for each in co_authors_of(idea) if each.state == "accepted"], answers=answers,
        branches=_branches([idea.id, *(part.id for part in parts)]),
    )  # fmt: skip


def _branches(ideas: Sequence[int]) -> list[Branch]:
    challenges = db.session.scalars(
        select(Challenge)
        .join(Hackathon, Hackathon.id == Challenge.hackathon_id)
        .where(Challenge.idea_id.in_(ideas), *shown_challenge())
        .options(contains_eager(Challenge.hackathon))
        .order_by(Challenge.published_at, Challenge.id)
    ).all()
    numbers = [challenge.id for challenge in challenges]
    if not numbers:
        return []
    built = _built(numbers)
    teams = db.session.scalars(
        select(Team)
        .where(Team.challenge_id.in_(numbers), Team.dissolved_at.is_(None))
        .order_by(Team.name_folded, Team.id)
    ).all()
    return [
        Branch(
            challenge, _teams_at(challenge, teams, built.get(challenge.id, [])), built.get(challenge.id, [])
        )
        for challenge in challenges
    ]  # fmt: skip


def _teams_at(challenge: Challenge, teams: Sequence[Team], built: Sequence[Built]) -> list[Team]:
    """Those that chose it, and those whose prototype answers it."""
    found = {team.id: team for team in teams if team.challenge_id == challenge.id}
    found |= {each.prototype.team_id: each.prototype.team for each in built if not each.prototype.team.dissolved_at}
    return sorted(found.values(), key=lambda team: (team.name_folded, team.id))


def _built(challenges: Sequence[int]) -> dict[int, list[Built]]:
    """By challenge what everybody can see of its prototypes."""
    later = aliased(HandIn)
    newest = select(func.max(later.number)).where(later.prototype_id == Prototype.id).scalar_subquery()
    rows = db.session.execute(
        select(PrototypeChallenge.challenge_id, Prototype, HandIn.title)
        .join(Prototype, Prototype.id == PrototypeChallenge.prototype_id)
        .join(Hackathon, Hackathon.id == Prototype.hackathon_id)
        .join(HandIn, HandIn.prototype_id == Prototype.id)
        .where(HandIn.number == newest, PrototypeChallenge.challenge_id.in_(challenges), *shown_prototype())
        .options(joinedload(Prototype.team))
        .order_by(Prototype.id)
    ).all()
    numbers = {prototype.id for _challenge, prototype, _title in rows}
    verdicts, outcomes = _verdicts({prototype.hackathon_id for _c, prototype, _t in rows}), _outcomes(numbers)
    echoes = echoes_of(numbers) if numbers else {}
    found: dict[int, list[Built]] = {}
    for challenge_id, prototype, title in rows:
        each = Built(prototype, title, verdicts.get(prototype.id), echoes.get(prototype.id),
                     outcomes.get(prototype.id, []))  # fmt: skip
        found.setdefault(challenge_id, []).append(each)
    return found


def _verdicts(hackathons: Collection[int]) -> dict[int, Verdict]:
    """By prototype; from the protocols of the results that hold, and from nothing else."""
    results = db.session.scalars(select(Result).where(Result.hackathon_id.in_(hackathons), *result_holds())).all()
    found: dict[int, Verdict] = {}
    for result in results:
        protocol = read_protocol(result)
        prizes: dict[int, list[tuple[str, int]]] = {}
        for award in awards_of(protocol):
            for step in award.steps if award.number else ():
                for winner in step.winners:
                    prizes.setdefault(winner.prototype, []).append((award.title, step.place))
        for row in protocol["figures"]["order"]:
            found[row["prototype"]] = Verdict(result, row["place"], prizes.get(row["prototype"], []))
    return found


def _outcomes(prototypes: Collection[int]) -> dict[int, list[Outcome]]:
    found: dict[int, list[Outcome]] = {}
    told = select(Outcome).where(Outcome.prototype_id.in_(prototypes), Outcome.withdrawn_at.is_(None))
    for outcome in db.session.scalars(told.order_by(Outcome.told_on, Outcome.id)):
        found.setdefault(outcome.prototype_id, []).append(outcome)
    return found


def shown_outcomes(prototype: Prototype) -> Sequence[Outcome]:
    return _outcomes([prototype.id]).get(prototype.id, [])


def outcomes_of(prototype: Prototype) -> Sequence[Outcome]:
    """For organisers: also those that were withdrawn."""
    told = select(Outcome).where(Outcome.prototype_id == prototype.id)
    return db.session.scalars(told.order_by(Outcome.told_on, Outcome.id)).all()


def get_outcome(outcome_id: int) -> Outcome:
    outcome = find(Outcome, outcome_id)
    if outcome is None:
        raise NotFound
    return outcome
