from ideenlab.core.forms import Form, Limit, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l


class HideForm(Form):
    reason = Text(
        _l("Reason"), validators=[Required(), Limit(500, 10)],
        description=_l("The author is told this by mail. Say which rule is broken and what would be possible instead."),
    )  # fmt: skip


class OnlyButton(Form):
    """A confirmation page: nothing to fill in, but the token."""
