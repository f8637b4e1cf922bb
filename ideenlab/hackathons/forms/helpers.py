from ideenlab.accounts.models import PSEUDONYM_LENGTH
from ideenlab.core.forms import Form, Limit, Line, Required
from ideenlab.core.i18n import lazy_gettext as _l


class HelperForm(Form):
    pseudonym = Line(
        _l("Pseudonym"), [Required(), Limit(PSEUDONYM_LENGTH)],
        description=_l("The person needs an account and is told by mail."),
    )  # fmt: skip
