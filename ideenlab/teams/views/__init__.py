from ideenlab.teams.views import approaches, board, groups, inside, lead, page, teams
from ideenlab.teams.views.door import blueprint

__all__ = ["approaches", "blueprint", "board", "groups", "inside", "lead", "page", "teams"]
