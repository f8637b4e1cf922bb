"""From ballots to places, exactly, and what can be said about them. Free of web and database.

The formulas are the house's own ("From ballot to ranking"); the public page with the rules says them in words.
Units: every value, total and score is in points, as a Fraction. Keys (prototypes, jurors, criteria) may be anything
hashable; no result depends on them or on the order in which rows come.
"""

from ideenlab.jury.maths.corrected import Fit, corrected_scores, fit
from ideenlab.jury.maths.groups import Group, groups_of
from ideenlab.jury.maths.numbers import canonical_json, half_up, mean, median, six_places
from ideenlab.jury.maths.ranking import Standing, ranking, scores_of, table_of
from ideenlab.jury.maths.rule import (
    AGGREGATES,
    BY_COMPARISON,
    BY_CRITERION,
    CORRECTED,
    MEAN,
    MEDIAN,
    SHARED,
    TIES,
    Rule,
    prize_rule,
)
from ideenlab.jury.maths.sheets import Sheet, Table, ballot_total, counts
from ideenlab.jury.maths.uncertainty import DRAWS, Outlook, Uncertainty, uncertainty

__all__ = [
    "AGGREGATES", "BY_COMPARISON", "BY_CRITERION", "CORRECTED", "DRAWS", "MEAN", "MEDIAN", "SHARED", "TIES",
    "Fit", "Group", "Outlook", "Rule", "Sheet", "Standing", "Table", "Uncertainty", "ballot_total",
    "canonical_json", "corrected_scores", "counts", "fit", "groups_of", "half_up", "mean", "median",
    "prize_rule", "ranking", "scores_of", "six_places", "table_of", "uncertainty",
]  # fmt: skip
