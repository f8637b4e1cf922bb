from ideenlab.teams.views import approaches, board, lead, page, teams
from ideenlab.teams.views.door import blueprint

__all__ = ["approaches", "blueprint", "board", "lead", "page", "teams"]
