import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import Field, IntegerField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from ideenlab.core.forms import Form, Limit, Line, Required
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.i18n import number
from ideenlab.jury.forms.common import Revision
from ideenlab.jury.models import HIGHEST_SCALE, Criterion, JuryRules

WEIGHT = re.compile(r"[0-9]{1,4}([.,][0-9]{1,6})?", re.ASCII)


class RulesForm(Form):
    highest = IntegerField(_l("Highest points"), [InputRequired(), NumberRange(1, HIGHEST_SCALE)])
    quorum = IntegerField(_l("Ballots needed"), [InputRequired(), NumberRange(1, 99)])
    revision = Revision()


class Weight(Line):
    """A decimal number with comma or point."""

    def pre_validate(self, form: Form) -> None:
        if self.data and not WEIGHT.fullmatch(self.data):
            raise ValidationError(_("Please give a number such as 1 or 1.5."))

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.data.replace(",", "."))


class CriterionForm(Form):
    """With a sentence for each level; made by `criterion_form`."""

    levels: Sequence[Field] = ()

    title = Line(_l("Title"), [Required(), Limit(Criterion.title.type.length or 0)])
    question = Line(_l("Question"), [Required(), Limit(Criterion.question.type.length or 0)])
    weight = Weight(_l("Weight"), [Required(), Limit(12)])
    revision = Revision()

    @property
    def level_fields(self) -> list[Field]:
        return [field for field in self if field.name.startswith("level-")]

    @property
    def sentences(self) -> list[str]:
        return [field.data for field in self.level_fields]


def criterion_form(rules: JuryRules, criterion: Criterion | None = None) -> CriterionForm:
    """For a new criterion, or with what is stored of one."""
    fields = {
        f"level-{half_points // 2}": Line(
            _("Sentence for %(points)s points", points=number(half_points / 2)), [Required(), Limit(200)]
        )
        for half_points in rules.levels
    }
    stored: dict[str, Any] = {"revision": rules.revision}
    if criterion:
        stored |= {"title": criterion.title, "question": criterion.question}
        stored |= {"weight": number(float(criterion.weight))}
        stored |= dict(zip(fields, criterion.levels.split("\n"), strict=False))
    form: CriterionForm = type("CriterionFormOfHackathon", (CriterionForm,), fields)(data=stored)
    return form
