from ideenlab.hackathons.forms.agenda import AgendaItemForm, AnnouncementForm
from ideenlab.hackathons.forms.planning import (
    CHANGEABLE,
    LARGEST_TEAM,
    MOST_PLACES,
    Between,
    CopyForm,
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
    "AgendaItemForm",
    "AnnouncementForm",
    "Between",
    "CopyForm",
    "ExtensionForm",
    "HackathonForm",
    "RegistrationForm",
    "read_revision",
]  # fmt: skip
