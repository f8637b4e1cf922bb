from ideenlab.ideas.queries.calls import call_stage, calls, calls_in, find_call, get_call
from ideenlab.ideas.queries.cards import IdeaCard
from ideenlab.ideas.queries.choices import Option, options_of, status_name
from ideenlab.ideas.queries.claims import (
    CODE_LENGTH,
    CODE_SIGNS,
    find_claim,
    find_idea_by_code,
    find_same_claim,
    plain_code,
    unconfirmed_since,
)
from ideenlab.ideas.queries.discussions import commented_between
from ideenlab.ideas.queries.duplicates import duplicates_of, get_duplicate, page_of_duplicates
from ideenlab.ideas.queries.exports import EXPORTED, exported_ideas, published_numbers
from ideenlab.ideas.queries.exposure import Exposure, exposure_of
from ideenlab.ideas.queries.filters import Wanted, count_ideas, count_without_each
from ideenlab.ideas.queries.ideas import (
    drafts_of,
    find_idea_of_thread,
    find_same_draft,
    get_idea,
    get_idea_to_support,
    has_supported,
    hidden_ideas,
    ideas_of,
    ideas_of_threads,
    latest_ideas,
    supported_among,
    versions_of,
)
from ideenlab.ideas.queries.images import get_image_size, idea_of_image, images_of
from ideenlab.ideas.queries.indexing import ideas_to_index
from ideenlab.ideas.queries.listing import list_ideas, position_of
from ideenlab.ideas.queries.people import (
    co_author_state,
    co_authors_of,
    find_co_author,
    ideas_written_along,
    invitations_of,
    invitations_sent,
    times_asked,
)
from ideenlab.ideas.queries.similar import similar_ideas
from ideenlab.ideas.queries.supports import OwnVote, counted_vote, own_vote, own_votes, points_left, votes_on
from ideenlab.ideas.queries.tags import find_tags, get_tag, tags, tags_of, tags_with_numbers

__all__ = [
    "CODE_LENGTH",
    "CODE_SIGNS",
    "EXPORTED",
    "Exposure",
    "IdeaCard",
    "Option",
    "OwnVote",
    "Wanted",
    "call_stage",
    "calls", "calls_in",
    "co_author_state",
    "co_authors_of",
    "commented_between",
    "count_ideas",
    "count_without_each",
    "counted_vote",
    "drafts_of",
    "duplicates_of",
    "exported_ideas",
    "exposure_of",
    "find_call",
    "find_claim",
    "find_co_author",
    "find_idea_by_code",
    "find_idea_of_thread",
    "find_same_claim",
    "find_same_draft",
    "find_tags",
    "get_call",
    "get_duplicate",
    "get_idea",
    "get_idea_to_support",
    "get_image_size",
    "get_tag",
    "has_supported",
    "hidden_ideas",
    "idea_of_image",
    "ideas_of",
    "ideas_of_threads",
    "ideas_to_index",
    "ideas_written_along",
    "images_of",
    "invitations_of",
    "invitations_sent",
    "latest_ideas",
    "list_ideas",
    "options_of",
    "own_vote",
    "own_votes",
    "page_of_duplicates",
    "plain_code",
    "points_left",
    "position_of",
    "published_numbers",
    "similar_ideas",
    "status_name",
    "supported_among",
    "tags",
    "tags_of",
    "tags_with_numbers",
    "times_asked",
    "unconfirmed_since",
    "versions_of",
    "votes_on",
]  # fmt: skip
