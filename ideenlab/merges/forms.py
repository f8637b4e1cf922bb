import re

from wtforms import RadioField
from wtforms.validators import ValidationError

from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.models import Idea
from ideenlab.merges.actions import LONGEST_REASON, SHORTEST_REASON


class ProposalForm(Form):
    """Which idea stays, and why. `choose` says among which ideas."""

    target = RadioField(
        _l("Which idea stays?"), [Required(_l("Please choose the idea that stays."))], validate_choice=False,
        description=_l("The others are joined into it. Its author may change its text afterwards."),
    )  # fmt: skip
    reason = Text(
        _l("Why do these ideas belong together?"), [Required(), Limit(LONGEST_REASON, SHORTEST_REASON)],
        description=_l("The authors read this sentence when they are asked."),
    )  # fmt: skip

    def choose(self, ideas: list[Idea]) -> None:
        self.target.choices = [(str(idea.id), idea.title) for idea in ideas]

    def validate_target(self, field: RadioField) -> None:
        if field.data not in [value for value, _label in self.target.choices]:
            raise ValidationError(_("Please choose the idea that stays."))


class AddForm(Form):
    """Read from the address of the page: the number of an idea, or the address of its page."""

    class Meta(Form.Meta):
        csrf = False

    more = Line(_l("Number or address of another idea"), [Limit(300)])


class SeparateForm(Form):
    reason = Text(
        _l("Why are these ideas separated again?"), [Required(), Limit(LONGEST_REASON, SHORTEST_REASON)],
        description=_l("The authors are told this sentence."),
    )  # fmt: skip


def read_number(typed: str) -> int | None:
    """`17`, `#17` or `https://…/idee/17`."""
    found = re.fullmatch(r"(?:#|.*/idee/)?([0-9]{1,10})(?:[/?#].*)?", typed.strip(), re.ASCII)
    return int(found[1]) if found else None
