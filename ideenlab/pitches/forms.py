from collections.abc import Sequence

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.core.forms import Between, CityTime, Form, Limit, Line, Required, Text, Whole
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.pitches.actions import Timing
from ideenlab.pitches.models import Pitch

MOST_MINUTES = 60


def read_revision(text: str | None) -> int:
    """What is no number is never the latest revision, and so refused as changed meanwhile."""
    digits = text or "0"
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1


class PlanForm(Form):
    starts_at = CityTime(_l("First pitch"), [Required()])
    minutes = Whole(_l("Minutes for each team"), [Required(), Between(1, MOST_MINUTES)])
    change_minutes = Whole(_l("Minutes between two teams"), [Required(), Between(0, MOST_MINUTES)])
    rooms = Text(
        _l("Rooms"), [Limit(500)], description=_l("One on each line, if teams pitch in several rooms at a time.")
    )  # fmt: skip
    revision = HiddenField()

    def timing(self) -> Timing:
        starts_at, minutes, change_minutes = self.starts_at.data, self.minutes.data, self.change_minutes.data
        assert starts_at is not None  # required
        assert minutes is not None
        assert change_minutes is not None
        return Timing(
            starts_at=starts_at, minutes=minutes, change_minutes=change_minutes,
            rooms=(self.rooms.data or "").splitlines(),
        )  # fmt: skip

    def seen_revision(self) -> int:
        return read_revision(self.revision.data)


class DrawForm(Form):
    seed = Line(
        _l("Seed"), [Limit(80)],
        description=_l("Any words or numbers that nobody could choose to suit them, such as today's lottery numbers. "
                       "Empty: one is made up."),
    )  # fmt: skip
    revision = HiddenField()


class SwapForm(Form):
    first = SelectField(_l("This team"), validate_choice=False)
    second = SelectField(_l("changes places with"), validate_choice=False)
    revision = HiddenField()

    def offer(self, pitches: Sequence[Pitch]) -> None:
        self.first.choices = self.second.choices = [
            SelectChoice(str(pitch.id), pitch.prototype.team.name) for pitch in pitches
        ]

    def validate_first(self, field: SelectField) -> None:
        self._insist(field)

    def validate_second(self, field: SelectField) -> None:
        self._insist(field)

    def _insist(self, field: SelectField) -> None:
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(_("Please choose one of the teams."))


class OrderForm(Form):
    """The gallery's order. The places are read from fields named after the prototypes."""

    seen = HiddenField()

    def seen_order(self) -> list[int]:
        numbers = (self.seen.data or "").split()[:2000]
        return [int(text) for text in numbers if text.isascii() and text.isdecimal() and len(text) < 10]
