from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from ideenlab.core.forms import Form, Limit, Line, Required, Sometimes, Whole
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.jury.models import JuryRound


class RoundForm(Form):
    prototypes = SelectMultipleField(
        _l("Which prototypes are scored?"), [Sometimes()], coerce=int, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    reason = Line(
        _l("Why is there another round?"), [Required(), Limit(JuryRound.reason.type.length or 0)],
        description=_l("The jury reads it, and it stands in the protocol."),
    )  # fmt: skip

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        self.prototypes.choices = list(choices)


class FinalForm(RoundForm):
    share = Whole(
        _l("How much of the score before counts, in per cent?"), [Required()],
        description=_l("0: only the final counts. 30: the score of the round before is 30 % of the score."),
    )  # fmt: skip

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        if self.share.data is None and not self.is_submitted():
            self.share.data = 0
