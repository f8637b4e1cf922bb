from ideenlab.trails.queries.hops import authors_of, hops_to_tell, ideas_with_trails, latest_news, new_hops
from ideenlab.trails.queries.trails import get_outcome, outcomes_of, shown_outcomes, trail_of

__all__ = [
    "authors_of", "get_outcome", "hops_to_tell", "ideas_with_trails", "latest_news", "new_hops", "outcomes_of",
    "shown_outcomes", "trail_of",
]  # fmt: skip
