from ideenlab.hackathons.forms.agenda import (
    AgendaItemForm,
    AnnouncementForm,
)
from ideenlab.hackathons.forms.checking_in import (
    CheckInForm,
)
from ideenlab.hackathons.forms.groups import (
    GroupForm,
    WalkInForm,
)
from ideenlab.hackathons.forms.papers import (
    card_sheet,
)
from ideenlab.hackathons.forms.participants import (
    PaperForm,
    QuestionForm,
    ReasonForm,
)
from ideenlab.hackathons.forms.planning import (
    CHANGEABLE,
    CopyForm,
    ExtensionForm,
    HackathonForm,
    read_revision,
)
from ideenlab.hackathons.forms.registering import (
    GuardianAnswerForm,
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
    "GroupForm",
    "GuardianAnswerForm",
    "GuardianForm",
    "HackathonForm",
    "PaperForm",
    "QuestionForm",
    "ReasonForm",
    "WalkInForm",
    "card_sheet",
    "read_revision",
    "registration_form",
]
