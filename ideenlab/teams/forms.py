from ideenlab.core.forms import Form, Limit, Line, Required
from ideenlab.core.i18n import lazy_gettext as _l


class NameForm(Form):
    name = Line(
        _l("Name of the team"), [Required(), Limit(60)], description=_l("Everybody can see this name."),
    )  # fmt: skip


class CodeForm(Form):
    code = Line(
        _l("Code of the team"), [Required(), Limit(40)],
        description=_l("Eight letters and digits. Members of the team see the code on the page of their team."),
    )  # fmt: skip
