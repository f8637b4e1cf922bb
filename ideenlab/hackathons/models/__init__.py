from ideenlab.hackathons.models.agenda import AgendaItem, Announcement
from ideenlab.hackathons.models.hackathons import MOMENTS, WINDOWS, Hackathon
from ideenlab.hackathons.models.registrations import (
    CONSENT_WAYS,
    CONSENTS,
    QUESTION_KINDS,
    Consent,
    Question,
    QuestionAnswer,
    Registration,
    RegistrationGroup,
)

__all__ = [
    "CONSENTS", "CONSENT_WAYS", "MOMENTS", "QUESTION_KINDS", "WINDOWS", "AgendaItem", "Announcement", "Consent",
    "Hackathon", "Question", "QuestionAnswer", "Registration", "RegistrationGroup",
]  # fmt: skip
