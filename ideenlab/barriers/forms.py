from ideenlab.barriers.actions import LONGEST, LONGEST_PAGE, LONGEST_TOOLS, SHORTEST
from ideenlab.core.forms import Email, Form, Limit, Line, Required, Text, UnhurriedForm
from ideenlab.core.i18n import lazy_gettext as _l


class BarrierForm(UnhurriedForm):
    page = Line(_l("Which page?"), [Limit(LONGEST_PAGE)], description=_l("Its address, or what it is about."))
    text = Text(_l("What does not work?"), [Required(), Limit(LONGEST, SHORTEST)])
    tools = Line(
        _l("With what do you read?"), [Limit(LONGEST_TOOLS)],
        description=_l("For example a screen reader, enlarged, with the keyboard, on a phone."),
    )  # fmt: skip
    email = Email(_l("E-mail address"), description=_l("Only if you would like to get the answer by mail."))


class TicketForm(Form):
    code = Line(
        _l("Ticket"), [Required(), Limit(40)], description=_l("Twelve letters and digits, like ABCD-EFGH-JKLM.")
    )


class AnswerForm(Form):
    answer = Text(_l("Answer"), [Required(), Limit(LONGEST, SHORTEST)])
