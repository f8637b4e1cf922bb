from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from ideenlab.accounts.forms import ProofForm
from ideenlab.core.forms import Required
from ideenlab.core.i18n import lazy_gettext as _l


class LeaveForm(ProofForm):
    way = RadioField(
        _l("What shall become of your ideas and comments?"),
        [Required(_l("Please choose one of these."))],
        choices=[
            SelectChoice("everything", _l("Delete everything")),
            SelectChoice("nameless", _l("Leave my ideas and comments, without a name")),
        ],
    )
