from ideenlab.insights.queries.figures import (
    Programme,
    Promises,
    figures_of_edition,
    hand_ins_by_hours,
    of_edition,
    programme_of,
    promises_of,
    supports_by_call,
    supports_by_topic,
    teams_by_hackathon,
)
from ideenlab.insights.queries.opinions import (
    calls_with_maps,
    content_of,
    find_map,
    fingerprint_of,
    titles_of,
    votes_of,
)

__all__ = [
    "Programme",
    "Promises",
    "calls_with_maps",
    "content_of",
    "figures_of_edition", "find_map",
    "fingerprint_of",
    "hand_ins_by_hours",
    "of_edition",
    "programme_of",
    "promises_of",
    "supports_by_call",
    "supports_by_topic",
    "teams_by_hackathon",
    "titles_of",
    "votes_of",
]  # fmt: skip
