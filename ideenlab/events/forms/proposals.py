from ideenlab.core.forms import Between, Form, Limit, Required, Text, Whole
from ideenlab.core.i18n import lazy_gettext as _l


class MessageForm(Form):
    """A question, an answer or a reason."""

    text = Text(_l("Message"), [Required(), Limit(1000)])


class CloneForm(Form):
    days = Whole(
        _l("How many days later"), [Required(), Between(0, 1000)], default=7,
        description=_l("0: the same day. 7: a week later at the same hour."),
    )  # fmt: skip
