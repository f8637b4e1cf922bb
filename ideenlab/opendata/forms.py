from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from ideenlab.core.forms import Form, Limit, Line, Required, Whole
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.opendata.rules import MOST_DAYS, SCOPES


class KeyForm(Form):
    name = Line(
        _l("Name of the key"), [Required(_l("Please give the key a name.")), Limit(80)],
        description=_l("So that you know later what it is for, for example “Website of our association”."),
    )  # fmt: skip
    scopes = SelectMultipleField(
        _l("What the key may do"), [Required(_l("Please choose what the key may do."))],
        choices=[SelectChoice(scope, label) for scope, (_said, label) in SCOPES.items()],
        option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
    )  # fmt: skip
    days = Whole(
        _l("Days until it ends"), [
            Required(_l("Please give a number of days.")),
            NumberRange(1, MOST_DAYS, _l("Please give a number from 1 to 365.")),
        ],
        description=_l("At most 365 days."), default=90,
    )  # fmt: skip


class OnlyButton(Form):
    """A form that is only sent."""
