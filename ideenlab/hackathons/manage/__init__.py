from ideenlab.hackathons.manage import planning
from ideenlab.hackathons.manage.door import blueprint

__all__ = ["blueprint", "planning"]
