"""Whether a file of a result is right: computed again from the rules and ballots in it, and nothing else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from ideenlab.jury.maths.numbers import canonical_json, six_places
from ideenlab.jury.maths.places import ranking
from ideenlab.jury.maths.protocol import FORMAT, Json, completed, hashed, parts_of
from ideenlab.jury.maths.rule import Rule
from ideenlab.jury.maths.sheets import Sheet, ballot_total, counts

FIRST_FORMAT = "ideenlab-jury-result-1"
ABSENT = "–"


class NoProtocol(ValueError):
    """The file is none, or one of a kind that is not known."""


@dataclass(frozen=True)
class Difference:
    """Where the file says something else than what follows from it."""

    path: str
    stated: str
    computed: str


@dataclass(frozen=True)
class Proof:
    """What was found. `title` is the hackathon's; without `differences` the file is right."""

    title: str
    sha256: str
    ballots: int
    prototypes: int
    differences: list[Difference]


def verify(data: bytes) -> Proof:
    """Compute everything in a file again. Raises NoProtocol."""
    try:
        text = data.decode()
        content = json.loads(text, parse_constant=_no_number)
        found = [*_of_the_whole(text, content), *_checks(content)]
        title = str(content["hackathon"]["title"])
        return Proof(title, sha256(data).hexdigest(), len(content["ballots"]), len(content["prototypes"]), found)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError, RecursionError) as error:
        raise NoProtocol(f"{type(error).__name__}: {error}") from error


def _no_number(text: str) -> object:
    raise ValueError(text)


def _of_the_whole(text: str, content: Any) -> Iterator[Difference]:
    if canonical_json(content) != text:
        yield Difference("$", "sha256:" + _short(text), "sha256:" + _short(canonical_json(content)))


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _checks(content: Json) -> Iterator[Difference]:
    kind = content.get("format")
    if kind == FORMAT:
        yield from _second_format(content)
    elif kind == FIRST_FORMAT:
        yield from _first_format(content)
    else:
        raise NoProtocol(f"format {kind!r}")


def _second_format(content: Json) -> Iterator[Difference]:
    basis = {name: part for name, part in content.items() if name not in ("parts", "figures")}
    rules = basis["rules"]
    yield from differences("rules.sha256", rules["sha256"], hashed(rules["content"]))
    yield from _off_the_scale(basis)
    yield from _not_to_score(basis)
    yield from differences("parts", content["parts"], parts_of(basis))
    yield from differences("figures", content["figures"], completed(basis)["figures"])


def _off_the_scale(basis: Json) -> Iterator[Difference]:
    terms = basis["rules"]["content"]["rules"]
    lowest, highest, step = (Fraction(terms[name]) for name in ("lowest", "highest", "step"))
    for place, ballot in enumerate(basis["ballots"]):
        for position, points in enumerate(ballot["points"]):
            value = lowest if points is None else Fraction(points)
            if not lowest <= value <= highest or (value / step).denominator != 1:
                scale = f"{terms['lowest']}…{terms['highest']} / {terms['step']}"
                yield Difference(f"ballots[{place}].points[{position}]", str(points), scale)


def _not_to_score(basis: Json) -> Iterator[Difference]:
    """A ballot of somebody who does not score this prototype, or for one that is not there."""
    recused = {(row["juror"], row["prototype"]) for row in basis["recusals"]}
    numbers = {row["number"] for row in basis["prototypes"]}
    assigned = basis["assigned"] and {(row["juror"], row["prototype"]) for row in basis["assigned"]}
    for place, ballot in enumerate(basis["ballots"]):
        pair = ballot["juror"], ballot["prototype"]
        unknown = ballot["prototype"] not in numbers or not 1 <= ballot["juror"] <= basis["jurors"]
        if unknown or pair in recused or (assigned is not None and pair not in assigned):
            yield Difference(f"ballots[{place}]", f"juror {pair[0]}, prototype {pair[1]}", ABSENT)


def differences(path: str, stated: Any, computed: Any) -> Iterator[Difference]:
    """Every place where two contents differ, with its path."""
    if isinstance(stated, Mapping) and isinstance(computed, Mapping):
        for name in sorted({*stated, *computed}):
            yield from differences(f"{path}.{name}", stated.get(name, ABSENT), computed.get(name, ABSENT))
    elif isinstance(stated, list) and isinstance(computed, list):
        for place in range(max(len(stated), len(computed))):
            pair = [side[place] if place < len(side) else ABSENT for side in (stated, computed)]
            yield from differences(f"{path}[{place}]", *pair)
    elif stated != computed or type(stated) is not type(computed):
        yield Difference(path, _said(stated), _said(computed))


def _said(value: Any) -> str:
    text = value if isinstance(value, str) else canonical_json(value)
    return text if len(text) <= 200 else f"{text[:160]}… sha256:{_short(text)}"


def _first_format(content: Json) -> Iterator[Difference]:
    """Results from before there were versions of rules: the mean alone, one round, no prizes."""
    weights = {row["number"]: Fraction(row["weight"]) for row in content["criteria"]}
    rule = Rule[int, int](weights, content["rules"]["quorum"])
    sheets = []
    for place, ballot in enumerate(content["ballots"]):
        given = zip(weights, ballot["points"], strict=True)
        values = {criterion: None if points is None else Fraction(points) for criterion, points in given}
        sheet = Sheet(ballot["prototype"], ballot["juror"], values)
        sheets.append(sheet)
        yield from differences(f"ballots[{place}].total", ballot["total"], _exact(ballot_total(values, weights)))
        yield from differences(f"ballots[{place}].counts", ballot["counts"], counts(sheet, weights))
    own = [row["prototype"] for row in content["own_team"]]
    assigned = {row["number"]: content["jurors"] - own.count(row["number"]) for row in content["prototypes"]}
    found = {standing.prototype: standing for standing in ranking(sheets, rule, assigned=assigned)}
    for place, row in enumerate(content["prototypes"]):
        standing = found[row["number"]]
        computed = {
            "ballots": standing.ballots, "quorum": standing.quorum, "score": _exact(standing.score),
            "means": [_exact(standing.means[number]) for number in weights], "place": standing.place,
            "tie": standing.tie,
        }  # fmt: skip
        yield from differences(f"prototypes[{place}]", {name: row[name] for name in computed}, computed)
    everything = sum(weights.values())
    for place, row in enumerate(content["criteria"]):
        yield from differences(f"criteria[{place}].share", row["share"], _exact(weights[row["number"]] / everything))


def _exact(value: Fraction | None) -> Json | None:
    return None if value is None else {"exact": str(value), "decimal": six_places(value)}
