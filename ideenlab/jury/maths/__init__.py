"""From ballots to places, exactly, and what can be said about them. Free of web and database.

The formulas are the house's own ("From ballot to ranking"); the public page with the rules says them in words.
Units: every value, total and score is in points, as a Fraction. Keys (prototypes, jurors, criteria) may be anything
hashable; no result depends on them or on the order in which rows come.
"""

from ideenlab.jury.maths.assignment import BALLOTS, CONNECTED, LOADS, Failure, Plan, plan
from ideenlab.jury.maths.bootstrap import DRAWS, Outlook, Uncertainty, uncertainty
from ideenlab.jury.maths.corrected import Fit, corrected_scores, fit
from ideenlab.jury.maths.groups import Group, groups_of
from ideenlab.jury.maths.invented import Example, example
from ideenlab.jury.maths.numbers import canonical_json, half_up, mean, median, six_places
from ideenlab.jury.maths.places import Standing, ranking, scores_of, table_of
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
from ideenlab.jury.maths.talk import (
    LOWER,
    MIDDLE,
    UPPER,
    Opinions,
    Point,
    agenda,
    calibration,
    feedback_bands,
)
from ideenlab.jury.maths.what_if import Change, WhatIf, beside, changes_of, what_if

__all__ = [
    "AGGREGATES",
    "BALLOTS",
    "BY_COMPARISON",
    "BY_CRITERION",
    "CONNECTED",
    "CORRECTED",
    "DRAWS",
    "LOADS",
    "LOWER",
    "MEAN",
    "MEDIAN",
    "MIDDLE",
    "SHARED",
    "TIES",
    "UPPER",
    "Change",
    "Example",
    "Failure",
    "Fit",
    "Group",
    "Opinions",
    "Outlook",
    "Plan",
    "Point",
    "Rule",
    "Sheet",
    "Standing",
    "Table",
    "Uncertainty",
    "WhatIf",
    "agenda",
    "ballot_total",
    "beside",
    "calibration",
    "canonical_json",
    "changes_of",
    "corrected_scores",
    "counts",
    "example",
    "feedback_bands",
    "fit",
    "groups_of",
    "half_up",
    "mean",
    "median",
    "plan",
    "prize_rule",
    "ranking",
    "scores_of",
    "six_places",
    "table_of",
    "uncertainty",
    "what_if",
]
