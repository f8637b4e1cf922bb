from ideenlab.teams.views import approaches, board, inside, lead, page, teams
from ideenlab.teams.views.door import blueprint

__all__ = ["approaches", "blueprint", "board", "inside", "lead", "page", "teams"]
