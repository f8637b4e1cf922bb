"""The one table of what is stored about people: for what, on which ground, who sees it and for how long.

The privacy notice is made from it. `columns` names where it lies, as `table.column`; a test insists that every column
that can hold something of a person stands here once, or is listed there with the reason why it holds nothing.
"""

from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.privacy.rules.fates import COUNTED, FATES, GOES, WAYS, Emptied
from ideenlab.privacy.rules.hackathons import ABOUT_HACKATHONS
from ideenlab.privacy.rules.ideas import ABOUT_IDEAS, ABOUT_STATIONS
from ideenlab.privacy.rules.leaving import may_erase
from ideenlab.privacy.rules.objecting import due_after, may_answer_objection, may_see_objections
from ideenlab.privacy.rules.parts import Purpose
from ideenlab.privacy.rules.people import ABOUT_ACCOUNTS, ABOUT_MESSAGES, ABOUT_MODERATION
from ideenlab.privacy.rules.retention import TERMS, Term
from ideenlab.privacy.rules.taking import Held, entries_of, held_for, may_take_data
from ideenlab.privacy.rules.week import ABOUT_EVENTS, ABOUT_PARTNERS, ABOUT_THE_CITY

PURPOSES: tuple[tuple[object, tuple[Purpose, ...]], ...] = (
    (_l("Your account"), ABOUT_ACCOUNTS),
    (_l("Ideas and discussion"), ABOUT_IDEAS),
    (_l("Messages and mails"), ABOUT_MESSAGES),
    (_l("Moderation"), ABOUT_MODERATION),
    (_l("Stations and paper"), ABOUT_STATIONS),
    (_l("Hackathon"), ABOUT_HACKATHONS),
    (_l("Events"), ABOUT_EVENTS),
    (_l("Partners"), ABOUT_PARTNERS),
    (_l("The city and its pages"), ABOUT_THE_CITY),
)

__all__ = [
    "COUNTED", "FATES", "GOES", "PURPOSES", "TERMS", "WAYS", "Emptied", "Held", "Purpose", "Term", "due_after",
    "entries_of", "held_for", "may_answer_objection", "may_erase", "may_see_objections", "may_take_data",
]  # fmt: skip
