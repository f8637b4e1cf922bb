from ideenlab.opendata.queries.ideas import (
    AnswerRow,
    Around,
    CommentRow,
    IdeaRow,
    around,
    page_of_comments,
    page_of_ideas,
    read_idea,
)
from ideenlab.opendata.queries.paging import LARGEST, LONGEST_PAGE, ORDERS

__all__ = [
    "LARGEST",
    "LONGEST_PAGE",
    "ORDERS",
    "AnswerRow",
    "Around",
    "CommentRow",
    "IdeaRow",
    "around",
    "page_of_comments",
    "page_of_ideas",
    "read_idea",
]  # fmt: skip
