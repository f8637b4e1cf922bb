from wtforms import HiddenField

from ideenlab.core.forms import Form, Limit, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.jury.models import Result


class Number(HiddenField):
    """A whole number of at most nine digits; anything else is -1, which nothing has."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class RevealForm(Form):
    """Which place of which prize is shown."""

    prize = Number()
    place = Number()


class WithdrawalForm(Form):
    reason = Text(_l("Reason"), [Required(), Limit(Result.withdrawal_reason.type.length or 0)],
                  description=_l("Everybody reads it on the page of the result."))  # fmt: skip
