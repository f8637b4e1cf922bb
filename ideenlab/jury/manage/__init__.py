from ideenlab.jury.manage import criteria, panel, results
from ideenlab.jury.manage.door import blueprint

__all__ = ["blueprint", "criteria", "panel", "results"]
