"""What is known about the ballots of a hackathon, before anything is computed from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths.protocol import hashed
from ideenlab.jury.models import Ballot, Criterion, Juror, JuryRules, JuryRulesVersion
from ideenlab.jury.queries.counting import Figure, Held, Pair, held_of
from ideenlab.jury.queries.panel import criteria_of, panel_of, rules_of
from ideenlab.jury.queries.rules import content_of, prizes_of
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.queries import handed_in_of
from ideenlab.teams.models import Team
from ideenlab.teams.queries import teams_of

UNFINISHED = ("open", "begun", "old_rules")


@dataclass(frozen=True)
class Facts:
    """Rules, jury, prototypes and ballots as they stand."""

    hackathon: Hackathon
    rules: JuryRules
    told_rules: Mapping[str, Any]  # the version that holds, written down, with its hash
    criteria: Sequence[Criterion]
    panel: Sequence[Juror]
    handed_in: Sequence[tuple[Prototype, HandIn]]  # of teams that presented, by name of the team
    absent: Sequence[tuple[Prototype, HandIn]]  # of those that did not
    teams: Sequence[Team]
    held: Held

    @property
    def jurors(self) -> list[Juror]:
        return [juror for juror in self.panel if juror.removed_at is None]

    @property
    def weights(self) -> dict[int, Fraction]:
        return {criterion.id: Fraction(criterion.weight) for criterion in self.criteria}

    @cached_property
    def counted(self) -> list[tuple[Ballot, Figure]]:
        """The ballots of all rounds that count, each with its points."""
        present = frozenset(juror.id for juror in self.jurors)
        here = {prototype.id for prototype, _hand_in in self.handed_in}
        return [
            (ballot, self.held.sheet(ballot)) for ballot in self.held.ballots
            if ballot.prototype_id in here and self.held.counts(ballot, version=self.rules.version, jurors=present)
        ]  # fmt: skip

    @cached_property
    def ballots(self) -> dict[Pair, Ballot]:
        """By juror and prototype, of the latest round in which the prototype is scored."""
        return {
            (ballot.juror_id, ballot.prototype_id): ballot for ballot in self.held.ballots
            if ballot.round == self.held.round_of(ballot.prototype_id)
        }  # fmt: skip

    @property
    def own_teams(self) -> frozenset[Pair]:
        return self.held.own_teams

    def state(self, juror: Juror, prototype: Prototype) -> str:
        """`own_team`, `recused`, `not_assigned`, or how far the ballot of the latest round is."""
        pair = juror.id, prototype.id
        if pair in self.held.own_teams or pair in self.held.recused:
            return "own_team" if pair in self.held.own_teams else "recused"
        if not self.held.may_score(pair):
            return "not_assigned"
        return self.state_of(self.ballots.get(pair))

    def state_of(self, ballot: Ballot | None) -> str:
        """`open`, `begun`, `old_rules` (to be confirmed) or `submitted`."""
        if ballot is None or ballot.state != "submitted":
            return "begun" if ballot else "open"
        return "submitted" if ballot.rules_version == self.rules.version else "old_rules"

    @property
    def unfinished(self) -> list[tuple[Juror, list[Prototype]]]:
        """Who still has something to hand in, and for which prototypes."""
        found = [
            (juror, [prototype for prototype, _hand_in in self.handed_in if self.state(juror, prototype) in UNFINISHED])
            for juror in self.jurors
        ]
        return [(juror, prototypes) for juror, prototypes in found if prototypes]

    @property
    def submitted_count(self) -> int:
        return sum(self.state(j, p) == "submitted" for j in self.jurors for p, _hand_in in self.handed_in)

    @property
    def wanted_count(self) -> int:
        return sum(self.held.may_score((j.id, p.id)) for j in self.jurors for p, _hand_in in self.handed_in)


def facts_of(hackathon: Hackathon) -> dict[str, Any]:
    """The fields of `Facts`, each asked for once."""
    rules, criteria = rules_of(hackathon), criteria_of(hackathon)
    held, everything = held_of(hackathon, rules), handed_in_of(hackathon)
    return {
        "hackathon": hackathon, "rules": rules, "told_rules": _told(hackathon, rules, criteria), "criteria": criteria,
        "panel": panel_of(hackathon), "teams": teams_of(hackathon), "held": held,
        "handed_in": [pair for pair in everything if pair[0].id not in held.absent],
        "absent": [pair for pair in everything if pair[0].id in held.absent],
    }  # fmt: skip


def _told(hackathon: Hackathon, rules: JuryRules, criteria: Sequence[Criterion]) -> dict[str, Any]:
    """The version that holds: as it was frozen, or before the first ballot as it stands."""
    frozen = db.session.scalar(
        select(JuryRulesVersion).where(
            JuryRulesVersion.hackathon_id == hackathon.id, JuryRulesVersion.number == rules.version
        )
    )
    if frozen:
        return {"version": frozen.number, "sha256": frozen.sha256, "content": json.loads(frozen.content)}
    content = content_of(hackathon.slug, rules, criteria, prizes_of(hackathon))
    return {"version": rules.version, "sha256": hashed(content), "content": content}
