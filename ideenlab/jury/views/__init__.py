"""What jurors do (`panel`, `ballots`, `files`), and what everybody may read (`rules`, `results`)."""

from ideenlab.jury.views import ballots, calibration, conflicts, files, panel, profiles, results, rules, stage
from ideenlab.jury.views.blueprint import blueprint

__all__ = [
    "ballots",
    "blueprint",
    "calibration",
    "conflicts",
    "files",
    "panel",
    "profiles",
    "results",
    "rules",
    "stage",
]
