from ideenlab.teams.models.finding import APPROACH_STATES, Approach, BoardNotice, TeamLink
from ideenlab.teams.models.teams import Membership, Team

__all__ = ["APPROACH_STATES", "Approach", "BoardNotice", "Membership", "Team", "TeamLink"]
