"""What is shown on stage, from the file of a result: prize by prize, from the last place up to the first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WHOLE_ORDER = 0  # the number of the order as a whole, where there are no prizes
PLACES_SHOWN = 3


@dataclass(frozen=True)
class Winner:
    """A prototype with its place, by the names of the protocol. `group`: where not all can be compared."""

    prototype: int
    title: str
    team: str
    group: int | None


@dataclass(frozen=True)
class Step:
    """One place of one prize, shown at once; several winners share it. `more`: what is still to come of the prize."""

    prize: int
    title: str
    place: int
    winners: Sequence[Winner]
    more: int

    @property
    def key(self) -> tuple[int, int]:
        return self.prize, self.place


@dataclass(frozen=True)
class Award:
    """A prize with its places as they are shown; the last place first. Prize 0 has no title."""

    number: int
    title: str
    description: str
    challenge: str
    steps: Sequence[Step]
    bands: Sequence[Sequence[int]]

    def shown(self, revealed: Collection[tuple[int, int]]) -> list[Step]:
        """What was revealed, best place first."""
        return [step for step in reversed(self.steps) if step.key in revealed]


def awards_of(protocol: Mapping[str, Any]) -> list[Award]:
    """The prizes in their order; without any, the first places of the whole order."""
    names = {row["number"]: row for row in protocol["prototypes"]}
    figures, told = protocol["figures"], {p["number"]: p for p in protocol["rules"]["content"]["prizes"]}
    if not figures["prizes"]:
        return [Award(WHOLE_ORDER, "", "", "", _steps(WHOLE_ORDER, "", figures["order"], PLACES_SHOWN, names),
                      figures["bands"])]  # fmt: skip
    return [_award(prize, told[prize["number"]], names) for prize in figures["prizes"]]


def _award(prize: Mapping[str, Any], told: Mapping[str, Any], names: Mapping[int, Any]) -> Award:
    challenge = told["challenge"]["title"] if told["challenge"] else ""
    steps = _steps(prize["number"], told["title"], prize["order"], prize["places"], names)
    return Award(prize["number"], told["title"], told["description"], challenge, steps, prize["bands"])


def _steps(prize: int, title: str, order: Sequence[Any], places: int, names: Mapping[int, Any]) -> list[Step]:
    at: dict[int, list[Winner]] = {}
    for row in order:
        if row["place"] and row["place"] <= places:
            known = names[row["prototype"]]
            at.setdefault(row["place"], []).append(
                Winner(row["prototype"], known["title"], known["team"], row["group"])
            )
    last_first = sorted(at, reverse=True)
    return [
        Step(prize, title, place, at[place], len(last_first) - number - 1) for number, place in enumerate(last_first)
    ]  # fmt: skip


def next_step(awards: Sequence[Award], revealed: Collection[tuple[int, int]]) -> Step | None:
    """What comes next on stage: the last prize first, the main one at the end. A prize that was begun is ended."""
    open_steps = [[step for step in award.steps if step.key not in revealed] for award in awards]
    begun = [
        steps for award, steps in zip(awards, open_steps, strict=True) if 0 < len(steps) < len(award.steps)
    ]  # fmt: skip
    waiting = begun or [steps for steps in reversed(open_steps) if steps]
    return waiting[0][0] if waiting else None


def bands_among(award: Award, shown: Collection[int]) -> list[list[int]]:
    """The tie bands within what was shown: two or more of a band that everybody knows already."""
    found = [[prototype for prototype in band if prototype in shown] for band in award.bands]
    return [band for band in found if len(band) > 1]
