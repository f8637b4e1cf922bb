"""The protocol of a result: everything anybody needs to compute it again, and nobody's name."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from random import SystemRandom
from typing import Any

from ideenlab.core.i18n import machine_time
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import ballot_total, canonical_json, counts, six_places
from ideenlab.jury.models import Criterion
from ideenlab.jury.queries.ranking import Entry, Figure, Figures
from ideenlab.teams.queries import teams_of

FORMAT = "ideenlab-jury-result-1"


def protocol_of(hackathon: Hackathon, figures: Figures, published_at: datetime) -> str:
    """Canonical JSON. Jurors are numbers drawn anew; what was not handed in is named but not shown."""
    numbers = _numbers_drawn(figures)
    present = {entry.prototype.team_id for entry in figures.entries}
    return canonical_json(
        {
            "format": FORMAT,
            "hackathon": {"slug": hackathon.slug, "title": hackathon.title},
            "published_at": machine_time(published_at),
            "rules": _rules(figures),
            "criteria": [_criterion(number, c, figures) for number, c in enumerate(figures.criteria, 1)],
            "jurors": len(figures.jurors),
            "prototypes": [_prototype(entry, figures) for entry in figures.entries],
            "ballots": _ballots(figures, numbers),
            "not_handed_in_ballots": _unfinished(figures, numbers),
            "own_team": sorted([{"juror": numbers[j], "prototype": p} for j, p in figures.own_teams if j in numbers],
                               key=_by_juror),
            "teams_without_prototype": [team.name for team in teams_of(hackathon) if team.id not in present],
        }
    )  # fmt: skip


def _numbers_drawn(figures: Figures) -> dict[int, int]:
    drawn = [juror.id for juror in figures.jurors]
    SystemRandom().shuffle(drawn)
    return {juror_id: number for number, juror_id in enumerate(drawn, 1)}


def _rules(figures: Figures) -> dict[str, Any]:
    rules = figures.rules
    return {
        "lowest": _points(Fraction(rules.lowest_half_points, 2)),
        "highest": _points(Fraction(rules.highest_half_points, 2)),
        "step": "0.5",
        "quorum": rules.quorum,
        "total": "sum(weight * value) / sum(weight) over the criteria that were scored",
        "score": "mean of the totals of the ballots that were handed in complete",
        "ties": ["mean in the criterion with the largest weight", "ballots won in direct comparison", "shared place"],
    }


def _points(value: Fraction | None) -> str | None:
    """Points as people give them: 4 or 4.5."""
    return None if value is None else f"{float(value):g}"


def _number(value: Fraction | None) -> dict[str, str] | None:
    return None if value is None else {"exact": str(value), "decimal": six_places(value)}


def _criterion(number: int, criterion: Criterion, figures: Figures) -> dict[str, Any]:
    share = Fraction(criterion.weight) / sum(figures.weights.values())
    return {
        "number": number,
        "title": criterion.title,
        "question": criterion.question,
        "weight": format(criterion.weight, "f"),
        "share": _number(share),
        "levels": criterion.levels.splitlines(),
    }


def _prototype(entry: Entry, figures: Figures) -> dict[str, Any]:
    standing = entry.standing
    return {
        "number": entry.prototype.id,
        "title": entry.hand_in.title,
        "team": entry.prototype.team.name,
        "hand_in": entry.hand_in.number,
        "hand_in_sha256": entry.hand_in.sha256,
        "ballots": standing.ballots,
        "quorum": standing.quorum,
        "score": _number(standing.score),
        "means": [_number(standing.means[criterion.id]) for criterion in figures.criteria],
        "place": standing.place,
        "tie": standing.tie,
    }


def _ballots(figures: Figures, numbers: Mapping[int, int]) -> list[dict[str, Any]]:
    found = [_ballot(sheet, figures, numbers) for sheet in figures.sheets if sheet.submitted]
    return sorted(found, key=_by_juror)


def _ballot(sheet: Figure, figures: Figures, numbers: Mapping[int, int]) -> dict[str, Any]:
    return {
        "juror": numbers[sheet.juror],
        "prototype": sheet.prototype,
        "points": [_points(sheet.values.get(criterion.id)) for criterion in figures.criteria],
        "total": _number(ballot_total(sheet.values, figures.weights)),
        "counts": counts(sheet, figures.weights),
    }


def _unfinished(figures: Figures, numbers: Mapping[int, int]) -> list[dict[str, Any]]:
    found = [
        {"juror": numbers[juror.id], "prototype": prototype.id}
        for juror, prototypes in figures.unfinished
        for prototype in prototypes
    ]
    return sorted(found, key=_by_juror)


def _by_juror(row: Mapping[str, int]) -> tuple[int, int]:
    return row["juror"], row["prototype"]
