from ideenlab.ideas.models.around import CoAuthor, IdeaImage, IdeaImageSize, IdeaTag, Tag
from ideenlab.ideas.models.ideas import (
    ANSWERED,
    CERTAIN,
    DIVIDING,
    LOTS,
    MOST_CO_AUTHORS,
    MOST_IMAGES,
    PHASES,
    TO_INDEX,
    Budget,
    Call,
    Claim,
    Idea,
    IdeaVersion,
    Status,
    Support,
    new_lot,
)
from ideenlab.ideas.models.lists import IdeaAppearance, LikelyDuplicate

__all__ = [
    "ANSWERED", "CERTAIN", "DIVIDING", "LOTS", "MOST_CO_AUTHORS", "MOST_IMAGES", "PHASES", "TO_INDEX", "Budget",
    "Call", "Claim", "CoAuthor", "Idea", "IdeaAppearance", "IdeaImage", "IdeaImageSize", "IdeaTag", "IdeaVersion",
    "LikelyDuplicate", "Status", "Support", "Tag", "new_lot",
]  # fmt: skip
