from ideenlab.events.forms.events import SAME, EventForm
from ideenlab.events.forms.people import (
    CancelEventForm,
    GuestForm,
    GuestSignUpForm,
    LetterForm,
    SignUpForm,
    WalkInForm,
)
from ideenlab.events.forms.venues import VenueForm

__all__ = [
    "SAME",
    "CancelEventForm",
    "EventForm",
    "GuestForm",
    "GuestSignUpForm",
    "LetterForm",
    "SignUpForm",
    "VenueForm",
    "WalkInForm",
]
