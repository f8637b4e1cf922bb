from wtforms import BooleanField

from ideenlab.core.forms import Form, Limit, Line, Required
from ideenlab.core.i18n import lazy_gettext as _l


class RegistrationForm(Form):
    skills = Line(
        _l("What can you contribute?"), [Limit(300)],
        description=_l("For example drawing, programming, soldering, asking good questions. Only organisers see this."),
    )  # fmt: skip
    code_of_conduct = BooleanField(
        _l("I treat everybody with respect, and I follow the house rules and the directions of the organisers."),
        [Required(_l("Please agree, so that everybody feels safe at the hackathon."))],
    )
