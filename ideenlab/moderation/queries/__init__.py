from ideenlab.moderation.queries.cases import (
    FILTERS,
    cases_among,
    find_open_case,
    get_case,
    old_reports,
    open_key,
    queue,
    queue_numbers,
    reports_of,
    waiting_without_case,
)
from ideenlab.moderation.queries.decisions import (
    appeals_among,
    decision_on,
    find_appeal,
    get_appeal,
    get_measure,
    latest_measure,
    list_measures,
    measures_about,
    measures_of,
    moderators,
    open_appeals,
    others_who_decide,
    people_concerned,
)
from ideenlab.moderation.queries.figures import Figures, figures_of, years
from ideenlab.moderation.queries.kinds import KINDS, find_thing, get_thing, hidden_things, things_of
from ideenlab.moderation.queries.things import Key, Thing
from ideenlab.moderation.queries.words import Hint, contains_word, get_word, hint_for, words, worth_a_look

__all__ = [
    "FILTERS", "KINDS", "Figures", "Hint", "Key", "Thing", "appeals_among", "cases_among", "contains_word",
    "decision_on", "figures_of", "find_appeal", "find_open_case", "find_thing", "get_appeal", "get_case",
    "get_measure", "get_thing", "get_word", "hidden_things", "hint_for", "latest_measure", "list_measures",
    "measures_about", "measures_of", "moderators", "old_reports", "open_appeals", "open_key", "others_who_decide",
    "people_concerned", "queue", "queue_numbers", "reports_of", "things_of", "waiting_without_case", "words",
    "worth_a_look", "years",
]  # fmt: skip
