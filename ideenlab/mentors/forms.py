from ideenlab.accounts.models import PSEUDONYM_LENGTH
from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.mentors.models import HelpRequest, Mentor


class HelpForm(Form):
    text = Text(
        _l("What do you need help with?"), [Required(), Limit(HelpRequest.text.type.length)],
        description=_l("The mentors read this, and the organisers."),
    )  # fmt: skip
    place = Line(
        _l("Where are you?"), [Limit(HelpRequest.place.type.length)],
        description=_l("For example: table 7, or the name of your video room."),
    )  # fmt: skip


class MentorForm(Form):
    pseudonym = Line(
        _l("Pseudonym"), [Required(), Limit(PSEUDONYM_LENGTH)],
        description=_l("The person needs an account. Everybody can read the pseudonym."),
    )  # fmt: skip
    expertise = Line(
        _l("What this person helps with"), [Limit(Mentor.expertise.type.length)],
        description=_l("For example: maps and data, soldering, presenting."),
    )  # fmt: skip
