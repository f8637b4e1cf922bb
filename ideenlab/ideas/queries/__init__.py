from ideenlab.ideas.queries.calls import call_stage, calls, find_call, get_call
from ideenlab.ideas.queries.cards import IdeaCard
from ideenlab.ideas.queries.choices import Option, options_of
from ideenlab.ideas.queries.claims import (
    CODE_LENGTH,
    CODE_SIGNS,
    find_claim,
    find_idea_by_code,
    find_same_claim,
    plain_code,
    unconfirmed_since,
)
from ideenlab.ideas.queries.exports import EXPORTED, exported_ideas, published_numbers
from ideenlab.ideas.queries.filters import Wanted, count_ideas, count_without_each
from ideenlab.ideas.queries.ideas import (
    drafts_of,
    find_idea_of_thread,
    get_idea,
    has_supported,
    hidden_ideas,
    ideas_of,
    ideas_of_threads,
    latest_ideas,
    supported_among,
    versions_of,
)
from ideenlab.ideas.queries.indexing import ideas_to_index
from ideenlab.ideas.queries.listing import list_ideas, position_of
from ideenlab.ideas.queries.supports import OwnVote, own_vote, own_votes, points_left

__all__ = [
    "CODE_LENGTH", "CODE_SIGNS", "EXPORTED", "IdeaCard", "Option", "OwnVote", "Wanted", "call_stage", "calls",
    "count_ideas", "count_without_each", "drafts_of", "exported_ideas", "find_call", "find_claim",
    "find_idea_by_code", "find_idea_of_thread", "find_same_claim", "get_call", "get_idea", "has_supported",
    "hidden_ideas", "ideas_of", "ideas_of_threads", "ideas_to_index", "latest_ideas", "list_ideas", "options_of",
    "own_vote", "own_votes", "plain_code", "points_left", "position_of", "published_numbers", "supported_among",
    "unconfirmed_since", "versions_of",
]  # fmt: skip
