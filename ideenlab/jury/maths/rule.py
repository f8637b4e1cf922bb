"""The published rule that gives the places: of the whole result, of a prize, of a round."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Generic

from ideenlab.jury.maths.sheets import C, P

MEAN, MEDIAN, CORRECTED = "mean", "median", "corrected"
AGGREGATES = (MEAN, MEDIAN, CORRECTED)
BY_CRITERION, BY_COMPARISON, SHARED = "criterion", "comparison", "shared"
TIES = (BY_CRITERION, BY_COMPARISON)


@dataclass(frozen=True)
class Rule(Generic[P, C]):
    """What decides the places.

    weights    the criteria that make a ballot's total; above zero, any unit, only their proportion matters
    quorum     so many ballots, or all who may score if they are fewer; below it a prototype has no place
    aggregate  MEAN, MEDIAN or CORRECTED: what the totals of a prototype's ballots become
    ties       which of BY_CRITERION and BY_COMPARISON tell equal scores apart, one after the other; then the place
               is shared
    needed     criteria that must be scored or excused on a ballot that counts; None for those with a weight
    among      the prototypes that may get a place; None for all. Ballots for the others still tell how severe the
               jurors are
    carried    scores of an earlier round, in points of the same scale
    share      how much of the score they are, 0 to 1. Who has none is ranked by this round alone, as a missing
               criterion is left out of a ballot

    Raises ValueError for weights, shares or names that make no sense.
    """

    weights: Mapping[C, Fraction]
    quorum: int = 3
    aggregate: str = MEAN
    ties: tuple[str, ...] = TIES
    needed: Collection[C] | None = None
    among: Collection[P] | None = None
    carried: Mapping[P, Fraction] = field(default_factory=dict)
    share: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if not self.weights or any(weight <= 0 for weight in self.weights.values()):
            raise ValueError("a weight must be above zero")
        if self.aggregate not in AGGREGATES or not set(self.ties) <= set(TIES):
            raise ValueError("unknown aggregate or rule for ties")
        if not 0 <= self.share <= 1:
            raise ValueError("a share lies between 0 and 1")

    @property
    def criteria(self) -> list[C]:
        """What must be on a ballot that counts."""
        return list(self.weights if self.needed is None else self.needed)

    def with_carried(self, prototype: P, score: Fraction) -> Fraction:
        before = self.carried.get(prototype)
        return score if before is None else (1 - self.share) * score + self.share * before


def prize_rule(
    rule: Rule[P, C],
    *,
    weights: Mapping[C, Fraction] | None = None,
    among: Collection[P] | None = None,
    aggregate: str | None = None,
) -> Rule[P, C]:
    """The rule of a prize: other criteria or weights, only some prototypes (those of a challenge), another aggregate.

    A ballot counts for a prize when it counts for the result. Nothing is carried into a prize with criteria of its own,
    because the scores of the earlier round were for all criteria.
    """
    return replace(
        rule,
        weights=rule.weights if weights is None else weights,
        needed=rule.criteria,
        among=rule.among if among is None else among,
        aggregate=rule.aggregate if aggregate is None else aggregate,
        carried=rule.carried if weights is None else {},
        share=rule.share if weights is None else Fraction(0),
    )
