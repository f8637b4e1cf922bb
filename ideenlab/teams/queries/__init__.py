from ideenlab.teams.queries.approaches import (
    PURPOSE,
    count_invitations_since,
    count_open_requests,
    declined_until,
    find_invitation_by_secret,
    find_open_approach,
    get_approach,
    invitations_by,
    invitations_to,
    open_key_of,
    open_requests_by_team,
    requests_of,
    requests_to,
)
from ideenlab.teams.queries.board import (
    find_notice_of,
    get_notice,
    notice_key,
    people_on_the_board,
    visible_notices,
    wishes_of,
)
from ideenlab.teams.queries.page import deeds_of, get_link, get_membership, links_of
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
    "PURPOSE", "count_invitations_since", "count_open_requests", "declined_until", "deeds_of",
    "find_invitation_by_secret", "find_notice_of", "find_open_approach", "find_team_by_code", "find_team_by_name",
    "find_team_of", "get_approach", "get_link", "get_membership", "get_notice", "get_team", "invitations_by",
    "invitations_to", "is_member", "links_of", "members_of", "members_of_teams", "memberships_of",
    "memberships_of_hackathon", "notice_key", "numbers_of_teams_of", "open_key_of", "open_requests_by_team",
    "people_on_the_board", "plain_code", "requests_of", "requests_to", "teams_of", "teams_of_person",
    "teams_with_hidden_names", "visible_notices", "wishes_of",
]  # fmt: skip
