"""What follows from a record of ballots: rounds, places and prizes, and how sure they are.

A `second` round stands in, juror by juror, for the ballots before it. A `final` starts anew with some prototypes: their
score is (1 − share) · final + share · score of the round before; the others stand behind them, in the order of the
round before. Prizes follow the same rounds. Prototypes are numbers, and their order is that of the numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from ideenlab.jury.maths.bootstrap import Outlook, Uncertainty, uncertainty
from ideenlab.jury.maths.corrected import Fit, fit
from ideenlab.jury.maths.groups import Group, groups_of
from ideenlab.jury.maths.places import Standing, ranking, scores_of, table_of
from ideenlab.jury.maths.rule import AGGREGATES, Rule, prize_rule
from ideenlab.jury.maths.sheets import Sheet, Table

IntRule = Rule[int, int]
IntSheet = Sheet[int, int, int]
SECOND, FINAL = "second", "final"


@dataclass(frozen=True)
class Round:
    """A round after the first. `share`: how much of a final's score comes from the round before, 0 to 1."""

    number: int
    kind: str
    prototypes: frozenset[int]
    share: Fraction = Fraction(0)


@dataclass(frozen=True)
class PrizeRule:
    """A prize: its number, how many places win, the weights if they are its own, and who may win it (None: all)."""

    number: int
    places: int
    weights: Mapping[int, Fraction] | None = None
    among: frozenset[int] | None = None


@dataclass(frozen=True)
class Record:
    """Everything a result rests on. `assigned`: how many jurors may score each prototype; `sheets`: by round, those
    that count; `jurors`: in the order in which draws number them."""

    rule: IntRule
    assigned: Mapping[int, int]
    sheets: Mapping[int, Sequence[IntSheet]]
    jurors: Sequence[int]
    seed: str
    rounds: Sequence[Round] = ()
    prizes: Sequence[PrizeRule] = ()


@dataclass(frozen=True)
class Stage:
    """The ballots that decide about some prototypes, and the rule. `since`: the round that began it, `number`: the last
    one that went into it."""

    since: int
    number: int
    rule: IntRule
    sheets: Sequence[IntSheet]
    among: frozenset[int]
    assigned: Mapping[int, int]

    @cached_property
    def table(self) -> Table[int, int, int]:
        return table_of(self.sheets, self.rule, self.assigned)

    @property
    def groups(self) -> list[Group[int, int]]:
        """More than one: these cannot be compared with each other."""
        return groups_of(self.table.totals)

    @property
    def fits(self) -> list[Fit[int, int]]:
        return [fit(self.table.totals, group) for group in self.groups]


@dataclass(frozen=True)
class Row:
    """One prototype in an order. `place` counts those of later rounds in front; `group`: from 1, where several
    groups have a first place each."""

    standing: Standing[int, int]
    stage: Stage
    place: int | None
    group: int | None


@dataclass(frozen=True)
class Part:
    """Those of one stage within an order, with so many others in front of them."""

    stage: Stage
    rule: IntRule
    standings: Sequence[Standing[int, int]]
    ahead: int

    @property
    def rows(self) -> list[Row]:
        together = sorted(
            {s.ranked_with for s in self.standings if s.place}, key=lambda group: (-len(group), min(group))
        )
        apart = {group: number for number, group in enumerate(together, 1)} if len(together) > 1 else {}
        return [
            Row(s, self.stage, s.place and s.place + self.ahead, apart.get(s.ranked_with)) for s in self.standings
        ]  # fmt: skip


@dataclass(frozen=True)
class Order:
    """An order of prototypes: the whole result, or a prize. Computed when it is asked for."""

    record: Record
    parts: Sequence[Part]
    prize: PrizeRule | None = None

    @cached_property
    def rows(self) -> list[Row]:
        """Best first, by number where the place is shared; those without a place last."""
        found = [row for part in self.parts for row in part.rows]
        return sorted(
            found, key=lambda row: (row.place is None, row.place or 0, row.group or 0, row.standing.prototype)
        )

    @cached_property
    def doubts(self) -> list[Uncertainty[int]]:
        """How sure each part is; places count from the first of the part."""
        return [
            uncertainty(part.stage.sheets, part.rule, part.standings, assigned=self.record.assigned,
                        jurors=self.record.jurors, seed=self.record.seed)
            for part in self.parts
        ]  # fmt: skip

    @cached_property
    def outlooks(self) -> dict[int, Outlook]:
        """By prototype, with the places of this order."""
        found = {}
        for part, doubt in zip(self.parts, self.doubts, strict=True):
            for prototype, outlook in doubt.outlooks.items():
                chances = {place + part.ahead: share for place, share in outlook.chances.items()}
                found[prototype] = replace(outlook, chances=chances)
        return found

    @property
    def bands(self) -> list[list[int]]:
        return [list(band) for doubt in self.doubts for band in doubt.bands]

    @property
    def support(self) -> dict[tuple[int, int], Fraction]:
        return {pair: share for doubt in self.doubts for pair, share in doubt.support.items()}


@dataclass(frozen=True)
class Outcome:
    """The result: its stages, the first one first, the whole order, and the prizes."""

    record: Record
    stages: Sequence[Stage]
    order: Order
    prizes: Sequence[Order] = field(default=())

    def beside(self) -> dict[str, dict[int, Row]]:
        """Under every aggregate, by prototype: what the published one stands beside. What a final takes over from the
        round before stays as it is."""
        return {
            name: {row.standing.prototype: row for row in _order(self.record, self.stages, aggregate=name).rows}
            for name in AGGREGATES
        }  # fmt: skip


def outcome_of(record: Record) -> Outcome:
    stages = _stages(record)
    prizes = [_order(record, stages, prize=prize) for prize in record.prizes]
    return Outcome(record, stages, _order(record, stages), prizes)


def _stages(record: Record) -> list[Stage]:
    everything = frozenset(record.assigned)
    stages = [Stage(1, 1, record.rule, list(record.sheets.get(1, ())), everything, record.assigned)]
    for later in record.rounds:
        sheets = list(record.sheets.get(later.number, ()))
        now = stages[-1]
        if later.kind == SECOND:
            stages[-1] = replace(now, number=later.number, sheets=_stood_in(now.sheets, sheets))
        else:
            scores = scores_of(now.table, now.rule, record.assigned)
            carried = {prototype: score for prototype, score in scores.items() if prototype in later.prototypes}
            rule = replace(record.rule, carried=carried, share=later.share)
            stages[-1] = replace(now, among=now.among - later.prototypes)
            stages.append(
                Stage(later.number, later.number, rule, sheets, later.prototypes & everything, record.assigned)
            )
    return stages


def _stood_in(before: Sequence[IntSheet], second: Sequence[IntSheet]) -> list[IntSheet]:
    """Where a juror gave a second ballot it counts, else the one before."""
    ballots = {(sheet.prototype, sheet.juror): sheet for sheet in [*before, *second]}
    return list(ballots.values())


def _order(
    record: Record, stages: Sequence[Stage], *, prize: PrizeRule | None = None, aggregate: str | None = None
) -> Order:
    parts: list[Part] = []
    ahead = 0
    for stage in reversed(stages):
        among = stage.among if prize is None or prize.among is None else stage.among & prize.among
        weights = prize.weights if prize else None
        rule = prize_rule(stage.rule, weights=weights, among=among, aggregate=aggregate)
        standings = ranking(stage.sheets, rule, assigned=record.assigned)
        parts.append(Part(stage, rule, standings, ahead))
        ahead += sum(standing.place is not None for standing in standings)
    return Order(record, parts, prize)
