from ideenlab.events.queries.people import is_editor_of
from ideenlab.events.queries.programme import (
    SHOWN,
    bounds_of,
    days_of,
    events_of_partner,
    events_on,
    find_event,
    further_partners_of,
    get_event,
    get_published_event,
    published_events,
    series_of,
    siblings_of,
)
from ideenlab.events.queries.sign_ups import (
    find_any_sign_up,
    find_sign_up,
    find_sign_up_by_email,
    get_sign_up,
    sign_ups_by,
)

__all__ = [
    "SHOWN",
    "bounds_of",
    "days_of",
    "events_of_partner",
    "events_on",
    "find_any_sign_up",
    "find_event",
    "find_sign_up",
    "find_sign_up_by_email",
    "further_partners_of",
    "get_event",
    "get_published_event",
    "get_sign_up",
    "is_editor_of",
    "published_events",
    "series_of",
    "siblings_of",
    "sign_ups_by",
]
