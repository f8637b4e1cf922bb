from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import request
from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice

from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.i18n import number
from ideenlab.jury.actions import what_to_choose
from ideenlab.jury.forms.ballots import as_value
from ideenlab.jury.models import Calibration, Criterion, JuryRules


class ExampleForm(Form):
    title = Line(_l("Title"), [Required(), Limit(Calibration.title.type.length or 0)])
    description = Text(_l("Description"), [Limit(2000)])
    url = Line(_l("Link"), [Limit(Calibration.url.type.length or 0)])


class PracticeForm(Form):
    """A radio group for each criterion; made by `practice_form`."""

    criteria: Sequence[Criterion] = ()
    rules: JuryRules

    def points(self, criterion: Criterion) -> Field:
        field: Field = self[f"points-{criterion.id}"]
        return field

    @property
    def half_points(self) -> dict[Criterion, int]:
        return {c: int(Decimal(self.points(c).data) * 2) for c in self.criteria if self.points(c).data}

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        if any(name.startswith("points-") and name not in self for name in request.form):
            self.form_errors.append(_("This criterion belongs to another hackathon."))
        for criterion in self.criteria:
            field = self.points(criterion)
            if field.data and field.data not in [choice.value for choice in field.choices]:
                field.errors, field.data = [what_to_choose(self.rules)], None
        return fine and not self.errors


def practice_form(criteria: Sequence[Criterion], rules: JuryRules, given: Mapping[int, int]) -> PracticeForm:
    choices = [SelectChoice(as_value(value), number(value / 2)) for value in rules.values]
    fields: dict[str, Any] = {"criteria": criteria, "rules": rules}
    for criterion in criteria:
        fields[f"points-{criterion.id}"] = RadioField(criterion.title, choices=choices, validate_choice=False)
    stored = {f"points-{number_}": as_value(value) for number_, value in given.items()}
    made: PracticeForm = type("PracticeFormOfHackathon", (PracticeForm,), fields)(data=stored)
    return made
