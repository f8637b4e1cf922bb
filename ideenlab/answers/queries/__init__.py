from ideenlab.answers.queries.answers import (
    answers_of,
    assigned_to,
    count_assigned,
    draft_of,
    get_answer,
    older_wordings_of,
    staff,
    timeline_of,
)
from ideenlab.answers.queries.exports import COLUMNS, exported_rows
from ideenlab.answers.queries.figures import Figures, figures_among, figures_of
from ideenlab.answers.queries.offices import find_office, get_office, is_office_used, offices
from ideenlab.answers.queries.statuses import find_status, get_status, is_status_used, statuses
from ideenlab.answers.queries.waiting import ideas_to_answer, pick_ideas, waiting_numbers

__all__ = [
    "COLUMNS",
    "Figures",
    "answers_of",
    "assigned_to",
    "count_assigned",
    "draft_of",
    "exported_rows",
    "figures_among", "figures_of",
    "find_office",
    "find_status",
    "get_answer",
    "get_office",
    "get_status",
    "ideas_to_answer",
    "is_office_used",
    "is_status_used",
    "offices",
    "older_wordings_of",
    "pick_ideas",
    "staff",
    "statuses",
    "timeline_of",
    "waiting_numbers",
]  # fmt: skip
