import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Field, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

from ideenlab.challenges.models import Challenge
from ideenlab.core.forms import Form, Limit, Line, Required, Sometimes, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.i18n import number
from ideenlab.jury.forms.common import Revision
from ideenlab.jury.models import HIGHEST_SCALE, Criterion, JuryRules, Prize

WEIGHT = re.compile(r"[0-9]{1,4}([.,][0-9]{1,6})?", re.ASCII)


def _choice(label: Any, choices: list[tuple[str, Any]]) -> RadioField:
    return RadioField(label, [InputRequired()], choices=[SelectChoice(*choice) for choice in choices])


class RulesForm(Form):
    highest = IntegerField(_l("Highest points"), [InputRequired(), NumberRange(1, HIGHEST_SCALE)])
    step = _choice(_l("Steps of the scale"), [("1", _l("half points")), ("2", _l("whole points only"))])
    quorum = IntegerField(_l("Ballots needed"), [InputRequired(), NumberRange(1, 99)])
    missing = _choice(_l("When a member of the jury gives “no answer”"), [
        ("left_out", _l("The criterion is left out of this ballot; the others count. (usual)")),
        ("not_counted", _l("The whole ballot does not count.")),
    ])  # fmt: skip
    aggregate = _choice(_l("What decides the places"), [
        ("mean", _l("The mean of the ballots. Everybody can compute it; every ballot plays the same part. (usual)")),
        ("median", _l("The median: the ballot in the middle. A single very high or low ballot plays no part, but with "
                      "few members of the jury there are often equal scores.")),
        ("corrected", _l("The corrected mean: who is strict or mild with everybody is evened out. For panels where not "
                         "everybody scores every prototype.")),
    ])  # fmt: skip
    ties = _choice(_l("When scores are equal"), [
        ("criterion", _l("First the criterion that counts most, then direct comparison, then the place is shared. "
                         "(usual)")),
        ("comparison", _l("First direct comparison, then the place is shared.")),
        ("shared", _l("The place is shared at once.")),
    ])  # fmt: skip
    conflicts = Text(
        _l("What holds here besides about conflicts of interest"), [Limit(JuryRules.conflicts.type.length or 0)]
    )
    panel = _choice(_l("Who scores what"), [
        ("full", _l("Everybody on the jury scores every prototype. (usual up to 15 teams)")),
        ("plan", _l("By a plan: each prototype gets the same number of ballots.")),
    ])  # fmt: skip
    ballots_each = IntegerField(_l("With a plan: ballots for each prototype"), [InputRequired(), NumberRange(1, 99)])
    feedback_required = BooleanField(_l("Every ballot needs two strengths and a next step for the team"))
    audience = _choice(_l("Who reads the protocol with all ballots, without names"), [
        ("everybody", _l("Everybody (usual)")),
        ("teams", _l("Only the teams. The places and the hash of the protocol are public.")),
    ])  # fmt: skip
    shows_bands = BooleanField(_l("On stage it is said where places lie close together"))
    revision = Revision()

    @classmethod
    def of(cls, rules: JuryRules) -> "RulesForm":
        names = ("quorum", "missing", "aggregate", "ties", "conflicts", "panel", "ballots_each", "feedback_required",
                 "audience", "shows_bands", "revision")  # fmt: skip
        stored = {name: getattr(rules, name) for name in names}
        return cls(data=stored | {"highest": rules.highest_half_points // 2, "step": str(rules.step_half_points)})


class VersionForm(Form):
    reason = Text(_l("Reason"), [Required(), Limit(JuryRules.reason.type.length or 0)])


class TakeOverForm(Form):
    source = SelectField(_l("Hackathon"), [Required()])
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


class PrizeForm(Form):
    """With a weight for each criterion; made by `prize_form`."""

    criteria: Sequence[Criterion] = ()

    title = Line(_l("Title"), [Required(), Limit(Prize.title.type.length or 0)])
    description = Text(_l("Description"), [Limit(Prize.description.type.length or 0)])
    places = IntegerField(_l("Places that win something"), [InputRequired(), NumberRange(1, 10)])
    challenge = SelectField(_l("For which prototypes"), [Sometimes()])
    counts = _choice(_l("What counts"), [
        ("all", _l("All criteria with their weights")), ("own", _l("Only some criteria, or other weights")),
    ])  # fmt: skip
    revision = Revision()

    @property
    def weight_fields(self) -> list[Weight]:
        return [self[f"weight-{criterion.id}"] for criterion in self.criteria]

    @property
    def weights(self) -> dict[Criterion, Decimal] | None:
        """None: all criteria. A field that was left empty, or holds 0, does not count."""
        if self.counts.data == "all":
            return None
        given = {criterion: self[f"weight-{criterion.id}"] for criterion in self.criteria}
        return {criterion: field.decimal for criterion, field in given.items() if field.data and field.decimal}


def prize_form(
    rules: JuryRules, criteria: Sequence[Criterion], challenges: Sequence[Challenge], prize: Prize | None = None
) -> PrizeForm:
    fields: dict[str, Any] = {"criteria": criteria}
    for criterion in criteria:
        label = _("Weight of “%(title)s”", title=criterion.title)
        fields[f"weight-{criterion.id}"] = Weight(label, [Sometimes(), Limit(12)])
    stored: dict[str, Any] = {"revision": rules.revision, "places": 1, "counts": "all", "challenge": ""}
    if prize:
        stored |= {"title": prize.title, "description": prize.description, "places": prize.places}
        stored |= {"challenge": str(prize.challenge_id or ""), "counts": "own" if prize.criteria else "all"}
        stored |= {f"weight-{each.criterion_id}": number(float(each.weight)) for each in prize.criteria}
    form: PrizeForm = type("PrizeFormOfHackathon", (PrizeForm,), fields)(data=stored)
    offered = [SelectChoice(str(each.id), each.title) for each in challenges]
    form.challenge.choices = [SelectChoice("", _("all prototypes")), *offered]
    return form
