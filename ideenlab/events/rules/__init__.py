from ideenlab.events.rules.events import (
    ORGANISERS,
    may_cancel_event,
    may_edit_event,
    may_manage_events,
    may_publish_event,
    may_see_event,
)
from ideenlab.events.rules.sign_ups import (
    may_see_who_comes,
    may_sign_up,
    takes_sign_ups,
)

__all__ = [
    "ORGANISERS",
    "may_cancel_event",
    "may_edit_event",
    "may_manage_events",
    "may_publish_event",
    "may_see_event",
    "may_see_who_comes",
    "may_sign_up",
    "takes_sign_ups",
]
