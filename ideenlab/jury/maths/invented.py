"""An invented example that shows how published rules turn ballots into places."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ideenlab.jury.maths.numbers import half_up
from ideenlab.jury.maths.places import Standing, ranking
from ideenlab.jury.maths.rule import Rule
from ideenlab.jury.maths.sheets import Sheet, ballot_total

JURORS = (1, 2, 3)
PROTOTYPES = ("A", "B")
SHARES = (Fraction(4, 5), Fraction(2, 5), Fraction(1), Fraction(3, 5), Fraction(3, 5))  # of the scale, in turn

Values = Mapping[int, Fraction | None]


@dataclass(frozen=True)
class Example:
    """Two prototypes, three ballots each; on the last ballot for A there is one "no answer".

    values  points by prototype and juror, then by criterion; None for "no answer"
    totals  what each ballot amounts to; None where it does not count
    """

    values: Mapping[tuple[str, int], Values]
    totals: Mapping[tuple[str, int], Fraction | None]
    standings: Mapping[str, Standing[str, int]]

    @property
    def order(self) -> list[Standing[str, int]]:
        return sorted(self.standings.values(), key=lambda standing: (standing.place or 99, standing.prototype))


def example(
    weights: Mapping[int, Fraction], *, lowest: Fraction, highest: Fraction, step: Fraction, aggregate: str,
    ties: tuple[str, ...], leaves_out: bool,
) -> Example:  # fmt: skip
    """For criteria with these weights on this scale, in points. `leaves_out`: "no answer" takes only itself away."""
    criteria = list(weights)
    values: dict[tuple[str, int], dict[int, Fraction | None]] = {}
    for which, prototype in enumerate(PROTOTYPES):
        for juror in JURORS:
            values[prototype, juror] = {
                criterion: _on_scale(SHARES[(place + 2 * juror + 3 * which) % len(SHARES)], lowest, highest, step)
                for place, criterion in enumerate(criteria)
            }
    if len(criteria) > 1:
        values["A", JURORS[-1]][criteria[-1]] = None
    counting = {key: given for key, given in values.items() if leaves_out or None not in given.values()}
    sheets = [Sheet(prototype, juror, given) for (prototype, juror), given in counting.items()]
    rule: Rule[str, int] = Rule(weights, quorum=1, aggregate=aggregate, ties=ties)
    standings = ranking(sheets, rule, assigned=dict.fromkeys(PROTOTYPES, len(JURORS)))
    totals = {key: ballot_total(given, weights) if key in counting else None for key, given in values.items()}
    return Example(values, totals, {standing.prototype: standing for standing in standings})


def _on_scale(share: Fraction, lowest: Fraction, highest: Fraction, step: Fraction) -> Fraction:
    """The value of the scale that lies nearest."""
    return lowest + step * int(half_up((highest - lowest) * share / step, 0))
