from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.ideas.models import Call

CHAPTERS = (
    "ideen",
    "gespraech",
    "antworten",
    "programm",
    "hackathon",
)  # the parts of the figures, as in their addresses


def may_show_opinions(call: Call) -> Verdict:
    """Organisers switch it on; it needs votes for and against."""
    if call.shows_opinion_map and call.support_mode == "for_against":
        return YES
    return no(_("There is no opinion map in this call."))
