"""Which prototypes can be compared: those that are linked by jurors who scored several of them."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic

from ideenlab.jury.maths.sheets import J, P

Totals = Mapping[P, Mapping[J, Fraction]]  # points by prototype and juror
ScoredBy = Mapping[P, Collection[J]]  # who scored it


@dataclass(frozen=True)
class Group(Generic[P, J]):
    """Prototypes that can be compared with each other, and the jurors who scored them."""

    prototypes: frozenset[P]
    jurors: frozenset[J]


def groups_of(scored_by: ScoredBy[P, J]) -> list[Group[P, J]]:
    """The connected parts of the graph of jurors and prototypes with a ballot between them, the largest first.

    Prototypes without a ballot are in no group. Groups of one size come in the order of `scored_by`.
    """
    scored: dict[J, list[P]] = {}
    for prototype, jurors in scored_by.items():
        for juror in jurors:
            scored.setdefault(juror, []).append(prototype)
    found: list[Group[P, J]] = []
    seen: set[Hashable] = set()
    for start, jurors in scored_by.items():
        if jurors and start not in seen:
            group = _reached(start, scored_by, scored)
            seen |= group.prototypes
            found.append(group)
    return sorted(found, key=lambda group: -len(group.prototypes))


def _reached(start: P, scored_by: ScoredBy[P, J], scored: Mapping[J, list[P]]) -> Group[P, J]:
    prototypes, jurors, waiting = {start}, set[J](), [start]
    while waiting:
        for juror in scored_by[waiting.pop()]:
            if juror not in jurors:
                jurors.add(juror)
                new = [prototype for prototype in scored[juror] if prototype not in prototypes]
                prototypes.update(new)
                waiting.extend(new)
    return Group(frozenset(prototypes), frozenset(jurors))
