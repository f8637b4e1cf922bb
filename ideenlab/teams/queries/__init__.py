from ideenlab.teams.queries.teams import (
    find_team_by_code,
    find_team_by_name,
    find_team_of,
    get_team,
    is_member,
    members_of,
    members_of_teams,
    memberships_of,
    memberships_of_hackathon,
    numbers_of_teams_of,
    plain_code,
    teams_of,
    teams_of_person,
    teams_with_hidden_names,
)

__all__ = [
    "find_team_by_code", "find_team_by_name", "find_team_of", "get_team", "is_member", "members_of",
    "members_of_teams", "memberships_of", "memberships_of_hackathon", "numbers_of_teams_of", "plain_code", "teams_of",
    "teams_of_person", "teams_with_hidden_names",
]  # fmt: skip
