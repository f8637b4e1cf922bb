from ideenlab.hackathons.forms.agenda import (
    AgendaItemForm,
    AnnouncementForm,
)
from ideenlab.hackathons.forms.checking_in import (
    CheckInForm,
)
from ideenlab.hackathons.forms.planning import (
    CHANGEABLE,
    CopyForm,
    ExtensionForm,
    HackathonForm,
    read_revision,
)
from ideenlab.hackathons.forms.registering import (
    GuardianForm,
    registration_form,
)

__all__ = [
    "CHANGEABLE",
    "AgendaItemForm",
    "AnnouncementForm",
    "CheckInForm",
    "CopyForm",
    "ExtensionForm",
    "GuardianForm",
    "HackathonForm",
    "read_revision",
    "registration_form",
]
