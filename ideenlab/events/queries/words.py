"""What the values of an event are called."""

from ideenlab.core.i18n import lazy_gettext as _l

FORMAT_NAMES = {
    "workshop": _l("Workshop"), "talk": _l("Talk"), "congress": _l("Congress"), "citizens_lab": _l("Citizens' lab"),
    "hackathon": _l("Hackathon"), "exhibition": _l("Exhibition"), "tour": _l("Guided tour"), "online": _l("Online"),
    "other": _l("Something else"),
}  # fmt: skip
SPOKEN_NAMES = {
    "de": _l("German"), "plain": _l("Easy German"), "en": _l("English"), "de en": _l("German and English"),
    "dgs": _l("German Sign Language"), "other": _l("Another language"),
}  # fmt: skip
EVENT_STATE_NAMES = {
    "draft": _l("Draft"), "proposed": _l("Proposed"), "returned": _l("Returned with questions"),
    "published": _l("In the programme"), "refused": _l("Refused"), "withdrawn": _l("Withdrawn"),
    "cancelled": _l("Cancelled"),
}  # fmt: skip
SIGN_UP_NAMES = {
    "none": _l("Nobody needs to sign up"), "here": _l("Here, with places and a waiting list"),
    "elsewhere": _l("On the partner's own page"),
}  # fmt: skip
