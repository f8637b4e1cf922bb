from ideenlab.hackathons.models.agenda import (
    AgendaItem,
    Announcement,
)
from ideenlab.hackathons.models.hackathons import (
    MOMENTS,
    REQUIRABLE,
    WINDOWS,
    Hackathon,
)
from ideenlab.hackathons.models.registrations import (
    CONSENTS,
    PLACES,
    CheckInHelper,
    Consent,
    Question,
    QuestionAnswer,
    Registration,
    RegistrationGroup,
)

__all__ = [
    "CONSENTS",
    "MOMENTS",
    "PLACES",
    "REQUIRABLE",
    "WINDOWS",
    "AgendaItem",
    "Announcement",
    "CheckInHelper",
    "Consent",
    "Hackathon",
    "Question",
    "QuestionAnswer",
    "Registration",
    "RegistrationGroup",
]
