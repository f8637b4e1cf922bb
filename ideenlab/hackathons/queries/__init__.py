from ideenlab.hackathons.queries.hackathons import (
    SLUG,
    find_hackathon,
    free_slug,
    get_hackathon,
    hackathons,
    next_deadline,
    stage_of,
    status_of,
    windows_of,
)
from ideenlab.hackathons.queries.registrations import (
    count_without_team,
    find_any_registration,
    find_registration,
    is_registered,
    people_in_teams_of,
    registered_hackathon_ids,
    registrations_of,
)

__all__ = [
    "SLUG", "count_without_team", "find_any_registration", "find_hackathon", "find_registration", "free_slug",
    "get_hackathon", "hackathons", "is_registered", "next_deadline", "people_in_teams_of",
    "registered_hackathon_ids", "registrations_of", "stage_of", "status_of", "windows_of",
]  # fmt: skip
