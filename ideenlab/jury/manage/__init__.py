from ideenlab.jury.manage import (
    assignment,
    calibration,
    cards,
    conflicts,
    criteria,
    panel,
    papers,
    prizes,
    progress,
    results,
    rounds,
    rules,
)
from ideenlab.jury.manage.door import blueprint

__all__ = [
    "assignment",
    "blueprint",
    "calibration",
    "cards",
    "conflicts",
    "criteria",
    "panel",
    "papers",
    "prizes",
    "progress",
    "results",
    "rounds",
    "rules",
]
