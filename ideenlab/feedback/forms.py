from ideenlab.core.forms import Form, Limit, Line, Required
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.feedback.models import WithheldText


class WithholdForm(Form):
    reason = Line(
        _l("Why do you keep this back?"), [Required(), Limit(WithheldText.reason.type.length or 0)],
        description=_l("Only organisers read this."),
    )  # fmt: skip


class OnlyButton(Form):
    pass
