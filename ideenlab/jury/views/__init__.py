"""What jurors do (`panel`, `ballots`, `files`, `offline`), and what everybody may read (`rules`, `results`)."""

from ideenlab.jury.views import ballots, calibration, conflicts, files, offline, panel, profiles, results, rules, stage
from ideenlab.jury.views.blueprint import blueprint

__all__ = [
    "ballots",
    "blueprint",
    "calibration",
    "conflicts",
    "files",
    "offline",
    "panel",
    "profiles",
    "results",
    "rules",
    "stage",
]
