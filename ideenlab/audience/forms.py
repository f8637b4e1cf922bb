from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.validators import ValidationError

from ideenlab.core.forms import After, CityTime, Form, Limit, Line, Required, Sometimes, Whole
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.prototypes.models import HandIn, Prototype

SILENT = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class OnlyButton(Form):
    """A confirmation: nothing to fill in, but the token."""


class PrizeForm(Form):
    title = Line(_l("Name of the prize"), [Required(), Limit(120)], description=_l("For example: audience prize."))
    voting_from = CityTime(_l("People vote from"), [Required()])
    voting_until = CityTime(
        _l("People vote until"), [Required(), After("voting_from")],
        description=_l("The counts stay sealed until then, and until you release them."),
    )  # fmt: skip
    revision = HiddenField()

    def seen_revision(self) -> int:
        """Nought where there was no prize when the page was opened; what is no number is never the latest."""
        digits = self.revision.data or "0"
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1


class CodesForm(Form):
    number = Whole(
        _l("How many codes"), [Required()], description=_l("One for each person in the hall, and some more.")
    )
    paper = RadioField(_l("How they are given out"), [Sometimes()], validate_choice=False, default="pdf")

    def offer(self) -> None:
        self.paper.choices = [("pdf", _("as a PDF to print and cut, with QR codes")), ("text", _("as plain text"))]

    def validate_paper(self, field: RadioField) -> None:
        if field.data not in ("pdf", "text"):
            raise ValidationError(_("Please choose one of these."))


class ChoiceForm(Form):
    """A vote. The choices are prototypes by their numbers, in the gallery's order."""

    prototype = RadioField(
        _l("Your vote"), validate_choice=False, validators=[Required(_l("Please choose a prototype."))]
    )

    @classmethod
    def of(cls, shown: Sequence[tuple[Prototype, HandIn]], **kept: Any) -> Any:
        form: Any = cls(**kept)
        form.prototype.choices = [
            (str(prototype.id), f"{hand_in.title} ({prototype.team.name})") for prototype, hand_in in shown
        ]
        return form

    def validate_prototype(self, field: RadioField) -> None:
        if field.data not in [value for value, _label in field.choices]:
            raise ValidationError(_("Please choose a prototype."))


class HallForm(ChoiceForm):
    code = Line(
        _l("Your code"), [Required(_l("Please enter the code of your card.")), Limit(20)], render_kw=SILENT,
        description=_l("8 letters and digits, on the card that you were given in the hall. It works once."),
    )  # fmt: skip
