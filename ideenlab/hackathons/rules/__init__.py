from ideenlab.hackathons.rules.hackathons import (
    ORGANISERS,
    may_extend_deadline,
    may_manage_hackathons,
)
from ideenlab.hackathons.rules.registering import (
    may_cancel_registration,
    may_register,
)

__all__ = [
    "ORGANISERS", "may_cancel_registration", "may_extend_deadline", "may_manage_hackathons", "may_register",
]  # fmt: skip
