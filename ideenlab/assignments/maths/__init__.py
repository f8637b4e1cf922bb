"""Who might work with whom: people without a team, and teams with a gap, become tables where everybody has a seat.

First the sizes: `packing` finds how many new tables there are and puts groups of mutual friends into them as a whole,
with backtracking, so that every table keeps its limits whenever any arithmetic allows it. Then `improving` exchanges
groups between tables as long as that meets more wishes: a local search over swaps and moves, drawn from a seed, that
never leaves the limits. Last `reasons` says for each person why. The same people, teams and seed give the same tables.
"""

from ideenlab.assignments.maths.improving import assign
from ideenlab.assignments.maths.reasons import Reason, why
from ideenlab.assignments.maths.shapes import Guest, OpenTeam, Plan, Table

__all__ = ["Guest", "OpenTeam", "Plan", "Reason", "Table", "assign", "why"]
