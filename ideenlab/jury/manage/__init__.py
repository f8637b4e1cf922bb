from ideenlab.jury.manage import conflicts, criteria, panel, results, rounds
from ideenlab.jury.manage.door import blueprint

__all__ = ["blueprint", "conflicts", "criteria", "panel", "results", "rounds"]
