from ideenlab.hackathons.models.agenda import AgendaItem, Announcement
from ideenlab.hackathons.models.hackathons import DEADLINE_RULES, MOMENTS, REQUIRABLE, WINDOWS, Hackathon
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
    "CONSENTS",
    "CONSENT_WAYS",
    "DEADLINE_RULES",
    "MOMENTS",
    "QUESTION_KINDS",
    "REQUIRABLE",
    "WINDOWS",
    "AgendaItem",
    "Announcement",
    "Consent",
    "Hackathon",
    "Question",
    "QuestionAnswer",
    "Registration",
    "RegistrationGroup",
]  # fmt: skip
