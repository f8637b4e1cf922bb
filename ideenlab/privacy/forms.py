from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from ideenlab.accounts.forms import ProofForm
from ideenlab.core.forms import Email, Form, Limit, Required, Text, UnhurriedForm
from ideenlab.core.i18n import lazy_gettext as _l

LONGEST_TEXT = 2000


class LeaveForm(ProofForm):
    way = RadioField(
        _l("What shall become of your ideas and comments?"),
        [Required(_l("Please choose one of these."))],
        choices=[
            SelectChoice("everything", _l("Delete everything")),
            SelectChoice("nameless", _l("Leave my ideas and comments, without a name")),
        ],
    )


class ObjectionForm(UnhurriedForm):
    text = Text(
        _l("What do you object to, and why?"),
        [Required(_l("Please write what you object to.")), Limit(LONGEST_TEXT)],
        description=_l("Say which data you mean and what speaks against it in your situation."),
    )
    email = Email(
        _l("Your e-mail address"), [Required(_l("Please enter your e-mail address, so that we can answer."))],
        description=_l("We send a confirmation and our answer there. It is deleted with the objection."),
    )  # fmt: skip


class AnswerForm(Form):
    state = RadioField(
        _l("Decision"), [Required(_l("Please choose one of these."))],
        choices=[
            SelectChoice("upheld", _l("We follow the objection")),
            SelectChoice("dismissed", _l("We do not follow it")),
        ],
    )  # fmt: skip
    answer = Text(
        _l("Answer with reasons"), [Required(_l("Please give your reasons.")), Limit(LONGEST_TEXT)],
        description=_l("The person gets this by mail."),
    )  # fmt: skip
