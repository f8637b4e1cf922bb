from ideenlab.hackathons.forms.planning import (
    CHANGEABLE,
    LARGEST_TEAM,
    MOST_PLACES,
    Between,
    ExtensionForm,
    HackathonForm,
    read_revision,
)
from ideenlab.hackathons.forms.registering import (
    RegistrationForm,
)

__all__ = [
    "CHANGEABLE",
    "LARGEST_TEAM",
    "MOST_PLACES",
    "Between",
    "ExtensionForm",
    "HackathonForm",
    "RegistrationForm",
    "read_revision",
]  # fmt: skip
