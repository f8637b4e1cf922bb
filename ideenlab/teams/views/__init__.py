from ideenlab.teams.views import lead, page, teams
from ideenlab.teams.views.door import blueprint

__all__ = ["blueprint", "lead", "page", "teams"]
