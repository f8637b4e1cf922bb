"""What a result rests on, as it stands in the file of the protocol: nobody's name, jurors as numbers."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ideenlab.jury.models import Ballot
from ideenlab.jury.queries.counting import Figure, Pair
from ideenlab.jury.queries.facts import Facts
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.queries import content_of

Json = dict[str, Any]


def basis_of(facts: Facts, numbers: Mapping[int, int]) -> Json:
    """The parts from which everything can be computed. `numbers`: that of each juror on the jury."""
    handed_in = sorted(facts.handed_in, key=lambda pair: pair[0].id)
    with_prototype = {prototype.team_id for prototype, _hand_in in (*facts.handed_in, *facts.absent)}
    held = facts.held
    return {
        "rules": dict(facts.told_rules),
        "jurors": len(numbers),
        "prototypes": [_prototype(*pair) for pair in handed_in],
        "absent": [{"title": hand_in.title, "team": p.team.name} for p, hand_in in facts.absent],
        "teams_without_prototype": [team.name for team in facts.teams if team.id not in with_prototype],
        "rounds": [_round(facts, number) for number in range(len(held.rounds))],
        "recusals": _pairs(held.own_teams | held.recused, facts, numbers),
        "assigned": None if held.assigned is None else _pairs(held.assigned, facts, numbers),
        "ballots": sorted((_ballot(*pair, facts, numbers) for pair in facts.counted), key=_in_order),
        "missing": sorted(_missing(facts, numbers), key=_in_order),
    }


def _prototype(prototype: Prototype, hand_in: HandIn) -> Json:
    return {
        "number": prototype.id,
        "title": hand_in.title,
        "team": prototype.team.name,
        "hand_in": hand_in.number,
        "hand_in_sha256": hand_in.sha256,
        "challenges": sorted(each["id"] for each in content_of(hand_in).get("challenges", [])),
    }


def _round(facts: Facts, place: int) -> Json:
    held = facts.held.rounds[place]
    here = {prototype.id for prototype, _hand_in in facts.handed_in}
    return {
        "number": held.number,
        "kind": held.kind,
        "carried_over": format(held.carried_over.normalize(), "f"),
        "prototypes": sorted(each.prototype_id for each in held.prototypes if each.prototype_id in here),
    }


def _pairs(pairs: frozenset[Pair], facts: Facts, numbers: Mapping[int, int]) -> list[Json]:
    here = {prototype.id for prototype, _hand_in in facts.handed_in}
    found = [
        {"juror": numbers[juror], "prototype": prototype}
        for juror, prototype in pairs if juror in numbers and prototype in here
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row["juror"], row["prototype"]))


def _ballot(ballot: Ballot, sheet: Figure, facts: Facts, numbers: Mapping[int, int]) -> Json:
    return {
        "juror": numbers[ballot.juror_id],
        "prototype": ballot.prototype_id,
        "round": ballot.round,
        "points": [_points(sheet.values.get(criterion.id)) for criterion in facts.criteria],
        "source": facts.held.sources.get(ballot.id, "online"),
    }


def _points(value: Fraction | None) -> str | None:
    """Points as people give them: 4 or 4.5."""
    return None if value is None else f"{float(value):g}"


def _missing(facts: Facts, numbers: Mapping[int, int]) -> Iterator[Json]:
    """Ballots that were asked for and do not count: not begun, not handed in, or under rules that were changed since.

    In a second ballot the one before counts where there is none, so nothing is missing there.
    """
    begun = {(b.juror_id, b.prototype_id, b.round): b for b in facts.held.ballots}
    done = {(b.juror_id, b.prototype_id, b.round) for b, _sheet in facts.counted}
    asked = [(1, [p.id for p, _hand_in in facts.handed_in])]
    asked += [(r.number, [each.prototype_id for each in r.prototypes]) for r in facts.held.rounds if r.kind == "final"]
    here = {prototype.id: prototype for prototype, _hand_in in facts.handed_in}
    for number, prototypes in asked:
        for juror in facts.jurors:
            for prototype in prototypes:
                key = juror.id, prototype, number
                if prototype in here and key not in done and facts.held.may_score(key[:2]):
                    state = facts.state_of(begun.get(key))
                    yield {"juror": numbers[juror.id], "prototype": prototype, "round": number, "state": state}


def _in_order(row: Mapping[str, int]) -> tuple[int, int, int]:
    return row["round"], row["juror"], row["prototype"]
