from ideenlab.hackathons.rules.hackathons import (
    ORGANISERS,
    may_announce,
    may_change_agenda,
    may_extend_deadline,
    may_manage_hackathons,
    may_publish_hackathon,
    may_see_hackathon,
    may_unpublish_hackathon,
)
from ideenlab.hackathons.rules.registering import (
    may_cancel_registration,
    may_register,
)

__all__ = [
    "ORGANISERS",
    "may_announce",
    "may_cancel_registration",
    "may_change_agenda",
    "may_extend_deadline",
    "may_manage_hackathons",
    "may_publish_hackathon",
    "may_register",
    "may_see_hackathon",
    "may_unpublish_hackathon",
]  # fmt: skip
