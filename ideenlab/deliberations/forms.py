from collections.abc import Sequence

from wtforms import SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from ideenlab.core.forms import Form, Limit, Line, Required, Sometimes, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.deliberations.models import LONGEST_MINUTE
from ideenlab.jury.models import JuryRound


class MinuteForm(Form):
    prototype = SelectField(_l("About"), coerce=int)
    text = Text(
        _l("For the minutes"), [Required(), Limit(LONGEST_MINUTE)],
        description=_l("The jury and the organisers read it. It cannot be changed later; a new line can correct it."),
    )  # fmt: skip

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        self.prototype.choices = [(0, _("all prototypes")), *choices]


class SecondBallotForm(Form):
    prototypes = SelectMultipleField(
        _l("Which prototypes are scored once more?"), [Sometimes()], coerce=int, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    reason = Line(
        _l("Why a second ballot?"), [Required(), Limit(JuryRound.reason.type.length or 0)],
        description=_l("The jury reads it, and it stands in the protocol."),
    )  # fmt: skip

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        self.prototypes.choices = list(choices)


class OnlyButton(Form):
    pass
