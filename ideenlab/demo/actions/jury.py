from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from ideenlab.core.db import db
from ideenlab.demo.actions.hackathons import written_hackathons
from ideenlab.demo.actions.world import World, read_content
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions import freeze_rules
from ideenlab.jury.actions.revisions import NO_REMARKS, Remarks, ballot_content
from ideenlab.jury.models import Ballot, BallotRevision, Criterion, Juror, JuryRules, Prize, PrizeCriterion, Score
from ideenlab.jury.queries import versions_of
from ideenlab.prototypes.models import Prototype

LEAN = 1.75  # half points that a juror's leaning moves a score
NOISE = 0.9
Points = dict[Criterion, int | None]
Excused = Mapping[tuple[str, str, str], str]  # juror, team, criterion: reason


def add_juries(world: World) -> None:
    """Criteria, rules, prizes and jurors. The one who may be played is Bahar, who sits on every jury."""
    criteria, prizes = (read_content("hackathon")[name] for name in ("criteria", "prizes"))
    names = {juror["key"]: juror for juror in read_content("people")["jurors"]}
    for name, written in written_hackathons():
        hackathon = world.hackathons[name]
        db.session.add(JuryRules(hackathon_id=hackathon.id))
        for position, text in enumerate(criteria, 1):
            criterion = Criterion(
                hackathon_id=hackathon.id, position=position, title=text["title"], question=text["description"],
                weight=Decimal(text["weight"]), levels="\n".join(text["levels"]),
            )  # fmt: skip
            db.session.add(criterion)
            world.criteria[name, text["key"]] = criterion
        for position, text in enumerate(prizes):
            db.session.add(_prize(world, name, text, position))
        for seat in written["jurors"]:
            world.jurors[name, seat["juror"]] = _seated(world, hackathon, names[seat["juror"]])
    db.session.flush()


def _prize(world: World, name: str, written: dict[str, Any], position: int) -> Prize:
    prize = Prize(
        hackathon=world.hackathons[name], position=position, title=written["title"],
        description=written["description"], places=written["places"],
    )  # fmt: skip
    for key, weight in written.get("criteria", {}).items():
        prize.criteria.append(PrizeCriterion(criterion=world.criteria[name, key], weight=Decimal(weight)))
    return prize


def _seated(world: World, hackathon: Hackathon, known: Mapping[str, str]) -> Juror:
    assert hackathon.registration_from  # the content gives every hackathon its dates
    invited = hackathon.registration_from + timedelta(days=1)
    juror = Juror(
        hackathon_id=hackathon.id, person=world.people[known["key"]], name=known["name"],
        organisation=known["organisation"], invited_at=invited, accepted_at=invited + timedelta(hours=30),
        informed_at=invited + timedelta(hours=30), confirmed_version=1,
    )  # fmt: skip
    db.session.add(juror)
    return juror


def add_ballots(world: World) -> None:
    for name, written in written_hackathons():
        excused = {(e["juror"], e["team"], e["criterion"]): e["reason"] for e in written["not_stated"]}
        for seat in written["jurors"]:
            judge = _Judge(world, name, seat, excused)
            for team in written["teams"]:
                if team["key"] in seat["scored"]:
                    judge.score(team)
            for begun in seat.get("started", ()):
                team = next(team for team in written["teams"] if team["key"] == begun["team"])
                judge.begin(team, begun["criteria"])
        _freeze(world.hackathons[name])
    db.session.flush()


def _freeze(hackathon: Hackathon) -> None:
    """As the first ballot does, at the time of the first ballot."""
    of_hackathon = select(func.min(Ballot.changed_at)).join(Juror, Juror.id == Ballot.juror_id)
    first = db.session.scalar(of_hackathon.where(Juror.hackathon_id == hackathon.id))
    if first:
        freeze_rules(hackathon)
        versions_of(hackathon)[0].frozen_at = first


class _Judge:
    """One juror, who leans to more or fewer points than others and leaves remarks to some teams."""

    def __init__(
        self, world: World, name: str, seat: dict[str, Any], excused: Mapping[tuple[str, str, str], str]
    ) -> None:
        self.world, self.name, self.key, self.lean = world, name, seat["juror"], seat["lean"]
        self.juror, self.hackathon, self.excused = world.jurors[name, self.key], world.hackathons[name], excused

    def score(self, team: dict[str, Any]) -> None:
        """Two saves, as they happen in the hall: half of the criteria first, then everything, handed in."""
        points, excuses = self._points(team)
        remarks = self._remarks(team)
        first = dict(list(points.items())[: len(points) // 2])
        ballot = self._ballot(team, state="submitted", revision=2, **asdict(remarks))
        self._save(ballot, 1, "open", first, {}, NO_REMARKS, ballot.changed_at - timedelta(minutes=2))
        self._save(ballot, 2, "submitted", points, excuses, remarks, ballot.changed_at)
        self._keep(ballot, points, excuses)

    def begin(self, team: dict[str, Any], criteria: list[str]) -> None:
        points, _excuses = self._points({**team, "quality": {key: team["quality"][key] for key in criteria}})
        ballot = self._ballot(team, state="open", revision=1)
        self._save(ballot, 1, "open", points, {}, NO_REMARKS, ballot.changed_at)
        self._keep(ballot, points, {})

    def _points(self, team: dict[str, Any]) -> tuple[Points, dict[Criterion, str]]:
        points: Points = {}
        excuses: dict[Criterion, str] = {}
        for key, quality in team["quality"].items():
            criterion = self.world.criteria[self.name, key]
            value = round(quality + self.lean * LEAN + self.world.dice.uniform(-NOISE, NOISE))
            reason = self.excused.get((self.key, team["key"], key))
            points[criterion] = None if reason else min(10, max(0, value))
            if reason:
                excuses[criterion] = reason
        return points, excuses

    def _remarks(self, team: dict[str, Any]) -> Remarks:
        """What the content gives this juror to say to the team: one remark, or two that are put together."""
        given = [remark for remark in team["remarks"] if remark["juror"] == self.key]
        strengths = [*(remark["strength"] for remark in given), "", ""]
        steps = " ".join(remark["next_step"] for remark in given)
        return Remarks(strength=strengths[0], second_strength=strengths[1], next_step=steps)

    def _ballot(self, team: dict[str, Any], **values: Any) -> Ballot:
        assert self.hackathon.scoring_from
        begin = self.hackathon.scoring_from + timedelta(minutes=5)
        at = self.world.moment(begin, self.hackathon.scoring_until)
        prototype: Prototype = self.world.prototypes[self.name, team["key"]]
        ballot = Ballot(juror=self.juror, prototype=prototype, changed_at=at, **values)
        db.session.add(ballot)
        db.session.flush()
        return ballot

    def _save(
        self, ballot: Ballot, number: int, state: str, points: Points, excuses: dict[Criterion, str], remarks: Remarks,
        at: datetime,
    ) -> None:  # fmt: skip
        content = ballot_content(points, excuses, remarks)
        save_id = f"demo-{ballot.id}-{number}"
        db.session.add(
            BallotRevision(
                ballot_id=ballot.id, number=number, save_id=save_id, state=state, content=content, saved_at=at
            )
        )

    def _keep(self, ballot: Ballot, points: Points, excuses: dict[Criterion, str]) -> None:
        for criterion, value in points.items():
            excuse = excuses.get(criterion, "")
            db.session.add(Score(ballot_id=ballot.id, criterion_id=criterion.id, half_points=value, excuse=excuse))
