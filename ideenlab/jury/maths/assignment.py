"""Who scores what, when not everybody can score everything.

Every prototype gets so many ballots, the loads of the jurors differ by at most one, jurors and prototypes form one
connected graph, pairs of jurors overlap as evenly as possible, conflicts are respected. The plan follows from the
numbers and the seed alone: prototypes and jurors are put in the order of SHA-256("seed/their key").
Source: "Assignment".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic

from ideenlab.jury.maths.groups import groups_of
from ideenlab.jury.maths.planning import Planning
from ideenlab.jury.maths.sheets import J, P

BALLOTS, LOADS, CONNECTED = "ballots", "loads", "connected"


@dataclass(frozen=True)
class Failure(Generic[P, J]):
    """A constraint that cannot be met, and for whom.

    BALLOTS: `prototypes` have too few jurors without a conflict. LOADS: `jurors` have too little to do beside the
    others. CONNECTED: `prototypes` and `jurors` cannot be compared with the rest.
    """

    constraint: str
    prototypes: tuple[P, ...] = ()
    jurors: tuple[J, ...] = ()


@dataclass(frozen=True)
class Plan(Generic[P, J]):
    """The ballots to be given, as pairs of prototype and juror, and what could not be met; nothing, if all holds."""

    pairs: frozenset[tuple[P, J]]
    failed: tuple[Failure[P, J], ...]

    def jurors_of(self, prototype: P) -> frozenset[J]:
        return frozenset(juror for one, juror in self.pairs if one == prototype)

    def prototypes_of(self, juror: J) -> frozenset[P]:
        return frozenset(prototype for prototype, one in self.pairs if one == juror)


def plan(
    prototypes: Iterable[P],
    jurors: Iterable[J],
    *,
    seed: str,
    ballots: int = 5,
    conflicts: Collection[tuple[P, J]] = frozenset(),
    kept: Collection[tuple[P, J]] = frozenset(),
) -> Plan[P, J]:
    """The best plan with `ballots` jurors for every prototype, and which constraint fails if one does.

    `conflicts` are pairs that must never meet; `kept` are pairs that stay as they are, because the ballot is given
    already (those of jurors or prototypes that are gone, or in conflict, are left out). Keys are told apart by their
    text (ValueError when two have the same). When constraints collide, conflicts come first, then ballots, then loads,
    then the connection, then even overlaps.
    """
    of_prototypes, of_jurors = _shuffled(prototypes, seed), _shuffled(jurors, seed)
    place = {prototype: number for number, prototype in enumerate(of_prototypes)}
    seat = {juror: number for number, juror in enumerate(of_jurors)}
    allowed = [{seat[j] for j in of_jurors if (p, j) not in conflicts} for p in of_prototypes]
    fixed = {(place[p], seat[j]) for p, j in kept if p in place and j in seat and seat[j] in allowed[place[p]]}
    planning = Planning(allowed, len(of_jurors), fixed)
    planning.give(ballots)
    planning.level_loads()
    planning.connect()
    planning.even_out()
    chosen = {p: [of_jurors[j] for j in planning.chosen[number]] for p, number in place.items()}
    pairs = frozenset((p, j) for p, row in chosen.items() for j in row)
    return Plan(pairs, _failures(chosen, of_jurors, ballots))


def _shuffled(keys: Iterable[P], seed: str) -> list[P]:
    given = list(keys)
    texts = {str(key): key for key in given}
    if len(texts) < len(given):
        raise ValueError("two keys with one text")
    return [texts[text] for text in sorted(texts, key=lambda text: sha256(f"{seed}/{text}".encode()).digest())]


def _failures(chosen: Mapping[P, Sequence[J]], jurors: Sequence[J], ballots: int) -> tuple[Failure[P, J], ...]:
    failed: list[Failure[P, J]] = []
    few = tuple(prototype for prototype, row in chosen.items() if len(row) < ballots)
    if few:
        failed.append(Failure(BALLOTS, prototypes=few))
    loads = {juror: sum(juror in row for row in chosen.values()) for juror in jurors}
    idle = tuple(juror for juror, load in loads.items() if load < max(loads.values()) - 1)
    if idle:
        failed.append(Failure(LOADS, jurors=idle))
    apart = groups_of(chosen)[1:]
    if apart:
        failed.append(
            Failure(
                CONNECTED,
                prototypes=tuple(p for p in chosen if any(p in group.prototypes for group in apart)),
                jurors=tuple(j for j in jurors if any(j in group.jurors for group in apart)),
            )
        )
    return tuple(failed)
