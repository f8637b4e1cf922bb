"""The file of a result: from what it rests on to every figure in it.

`basis` is the file without its figures: rules, prototypes, ballots under numbers of jurors. `completed` adds what
follows from it. Publishing and checking both come here, so a file that is published is one that anybody can compute.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

from ideenlab.jury.maths.bootstrap import DRAWS, Outlook
from ideenlab.jury.maths.corrected import Fit
from ideenlab.jury.maths.numbers import canonical_json, six_places
from ideenlab.jury.maths.outcome import IntSheet, Order, Outcome, PrizeRule, Record, Round, Row, Stage, outcome_of
from ideenlab.jury.maths.rule import BY_COMPARISON, BY_CRITERION, Rule
from ideenlab.jury.maths.sheets import Sheet, ballot_total, counts

FORMAT = "ideenlab-jury-result-2"
TIES_FROM = {"criterion": (BY_CRITERION, BY_COMPARISON), "comparison": (BY_COMPARISON,), "shared": ()}

Json = dict[str, Any]


def completed(basis: Json) -> Json:
    """The whole file: the basis, the SHA-256 of each of its parts, and the figures."""
    outcome = outcome_of(record_of(basis))
    return {**basis, "parts": parts_of(basis), "figures": figures_in(basis, outcome)}


def parts_of(basis: Json) -> dict[str, str]:
    """The SHA-256 of each part of the basis, so that a change shows where it was made."""
    return {name: hashed(basis[name]) for name in basis}


def hashed(content: object) -> str:
    return sha256(canonical_json(content).encode()).hexdigest()


def record_of(basis: Json) -> Record:
    """What the arithmetic needs of a file. Raises KeyError, TypeError or ValueError where it is none."""
    content = basis["rules"]["content"]
    terms = content["rules"]
    weights = {criterion["number"]: Fraction(criterion["weight"]) for criterion in content["criteria"]}
    rule = Rule[int, int](weights or {0: Fraction(1)}, terms["quorum"], terms["aggregate"], TIES_FROM[terms["ties"]])
    sheets: dict[int, list[IntSheet]] = {}
    for ballot in basis["ballots"]:
        sheet = sheet_of(ballot, weights)
        if does_count(sheet, terms, weights):
            sheets.setdefault(ballot["round"], []).append(sheet)
    return Record(
        rule=rule, assigned=_assigned(basis), sheets=sheets, jurors=jurors_in_order(basis), seed=seed_of(basis),
        rounds=[_round(each) for each in basis["rounds"]],
        prizes=[_prize(prize, basis["prototypes"]) for prize in content["prizes"]],
    )  # fmt: skip


def sheet_of(ballot: Json, weights: Mapping[int, Fraction]) -> IntSheet:
    given = zip(weights, ballot["points"], strict=True)
    values = {criterion: None if points is None else Fraction(points) for criterion, points in given}
    return Sheet(ballot["prototype"], ballot["juror"], values)


def does_count(sheet: IntSheet, terms: Json, weights: Iterable[int]) -> bool:
    """Complete, and where the rules leave no room for "no answer", without one."""
    refused = terms["missing"] == "not_counted" and None in sheet.values.values()
    return counts(sheet, weights) and not refused


def _assigned(basis: Json) -> dict[int, int]:
    recused = {(row["prototype"], row["juror"]) for row in basis["recusals"]}
    everybody = range(1, basis["jurors"] + 1)
    numbers = sorted(row["number"] for row in basis["prototypes"])
    if basis["assigned"] is None:
        pairs = {(prototype, juror) for prototype in numbers for juror in everybody}
    else:
        pairs = {(row["prototype"], row["juror"]) for row in basis["assigned"]}
    return {number: sum(prototype == number for prototype, _juror in pairs - recused) for number in numbers}


def _round(told: Json) -> Round:
    return Round(told["number"], told["kind"], frozenset(told["prototypes"]), Fraction(told["carried_over"]))


def _prize(told: Json, prototypes: Sequence[Json]) -> PrizeRule:
    weights = {criterion["number"]: Fraction(criterion["weight"]) for criterion in told["criteria"]}
    challenge = told["challenge"]
    among = challenge and frozenset(p["number"] for p in prototypes if challenge["number"] in p["challenges"])
    return PrizeRule(told["number"], told["places"], weights or None, among)


def seed_of(basis: Json) -> str:
    """SHA-256 of the rules' hash and of what every juror gave: whoever wants another seed needs other ballots."""
    given = sorted(_given_by(basis).values())
    return hashed({"rules": basis["rules"]["sha256"], "ballots": given})


def jurors_in_order(basis: Json) -> list[int]:
    """The jurors in the order of what they gave, so that the numbers that were drawn for them change nothing."""
    given = _given_by(basis)
    return sorted(given, key=lambda juror: (given[juror], juror))


def _given_by(basis: Json) -> dict[int, str]:
    rows: dict[int, list[Any]] = {}
    for ballot in basis["ballots"]:
        rows.setdefault(ballot["juror"], []).append([ballot["round"], ballot["prototype"], ballot["points"]])
    return {juror: canonical_json(sorted(given, key=lambda row: row[:2])) for juror, given in rows.items()}


def exact(value: Fraction | None) -> Json | None:
    return None if value is None else {"exact": str(value), "decimal": six_places(value)}


def decimal(value: Fraction | None) -> str | None:
    return None if value is None else six_places(value)


def figures_in(basis: Json, outcome: Outcome) -> Json:
    beside = outcome.beside()
    rows = []
    for row in outcome.order.rows:
        others = {name: found[row.standing.prototype] for name, found in beside.items()}
        rows.append(_row(row, outcome.order.outlooks.get(row.standing.prototype)) | {
            "beside": {name: {"score": exact(other.standing.score), "place": other.place}
                       for name, other in others.items()},
        })  # fmt: skip
    return {
        "seed": outcome.record.seed,
        "draws": DRAWS,
        "totals": _totals(basis),
        "stages": [_stage(stage) for stage in outcome.stages],
        "order": rows,
        **_doubts(outcome.order),
        "prizes": [_prize_told(order) for order in outcome.prizes],
    }


def _totals(basis: Json) -> list[Json]:
    content = basis["rules"]["content"]
    weights = {criterion["number"]: Fraction(criterion["weight"]) for criterion in content["criteria"]}
    found = []
    for ballot in basis["ballots"]:
        sheet = sheet_of(ballot, weights)
        found.append({
            "juror": ballot["juror"], "prototype": ballot["prototype"], "round": ballot["round"],
            "total": exact(ballot_total(sheet.values, weights)),
            "counts": does_count(sheet, content["rules"], weights),
        })  # fmt: skip
    return found


def _stage(stage: Stage) -> Json:
    """The fit of each group: level m, quality t by prototype, severity s by juror; the corrected score is m + t."""
    return {
        "since_round": stage.since,
        "round": stage.number,
        "prototypes": sorted(stage.among),
        "carried_share": exact(stage.rule.share),
        "carried": [{"prototype": p, "score": exact(score)} for p, score in sorted(stage.rule.carried.items())],
        "fits": [_fit(found) for found in stage.fits],
    }


def _fit(found: Fit[int, int]) -> Json:
    return {
        "m": exact(found.level),
        "t": [{"prototype": p, "value": exact(score - found.level)} for p, score in sorted(found.scores.items())],
        "s": [{"juror": juror, "value": exact(value)} for juror, value in sorted(found.severities.items())],
    }


def _row(row: Row, outlook: Outlook | None) -> Json:
    standing = row.standing
    return {
        "prototype": standing.prototype,
        "round": row.stage.number,
        "group": row.group,
        "ballots": standing.ballots,
        "quorum": standing.quorum,
        "score": exact(standing.score),
        "means": [{"criterion": c, "mean": exact(value)} for c, value in standing.means.items()],
        "place": row.place,
        "tie": standing.tie,
        "low": decimal(outlook.low) if outlook else None,
        "high": decimal(outlook.high) if outlook else None,
        "draws": outlook.draws if outlook else 0,
        "chances": _chances(outlook),
    }


def _chances(outlook: Outlook | None) -> list[Json]:
    found = outlook.chances.items() if outlook else ()
    return [{"place": place, "share": six_places(share)} for place, share in sorted(found)]


def _doubts(order: Order) -> Json:
    return {
        "support": [
            {"ahead": ahead, "behind": behind, "share": six_places(share)}
            for (ahead, behind), share in order.support.items()
        ],
        "bands": order.bands,
    }  # fmt: skip


def _prize_told(order: Order) -> Json:
    assert order.prize
    rows = [_row(row, order.outlooks.get(row.standing.prototype)) for row in order.rows]
    return {"number": order.prize.number, "places": order.prize.places, "order": rows, **_doubts(order)}
