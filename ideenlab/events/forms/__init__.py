from ideenlab.events.forms.events import SAME, EventForm
from ideenlab.events.forms.people import (
    CancelEventForm,
    GuestForm,
    GuestSignUpForm,
    LetterForm,
    SignUpForm,
    WalkInForm,
)
from ideenlab.events.forms.venues import SameVenueForm, VenueForm

__all__ = [
    "SAME",
    "CancelEventForm",
    "EventForm",
    "GuestForm",
    "GuestSignUpForm",
    "LetterForm",
    "SameVenueForm",
    "SignUpForm",
    "VenueForm",
    "WalkInForm",
]
