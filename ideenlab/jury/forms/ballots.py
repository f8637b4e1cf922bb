import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import request
from wtforms import BooleanField, Field, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from ideenlab.core.forms import Form, Limit, Line, Sometimes, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.i18n import number
from ideenlab.core.security import new_secret
from ideenlab.jury.actions import FOR_THE_TEAM, Remarks, what_is_asked, what_to_choose
from ideenlab.jury.forms.common import Revision
from ideenlab.jury.models import LONGEST_SENTENCE, LONGEST_TEXT, Ballot, Criterion, JuryRules, Score
from ideenlab.jury.queries import Typed

NO_ANSWER = "none"
REMARKS = ("strength", "second_strength", "next_step", "comment", "note")
SAVE_ID = re.compile(r"[A-Za-z0-9_-]{8,40}", re.ASCII)


def as_value(half_points: int) -> str:
    """Points as the page sends them: `4` or `4.5`."""
    return f"{half_points / 2:g}"


class BallotForm(Form):
    """A radio group and a reason for each criterion; made by `ballot_form`."""

    criteria: Sequence[Criterion] = ()
    rules: JuryRules
    submitting = False

    revision = Revision()
    save_id = HiddenField()
    strength = Text(_l("What is strong about it?"), [Limit(LONGEST_SENTENCE)])
    second_strength = Text(_l("What else is strong?"), [Limit(LONGEST_SENTENCE)])
    next_step = Text(_l("A good next step"), [Limit(LONGEST_SENTENCE)])
    comment = Text(_l("Comment for the team"), [Limit(LONGEST_TEXT)])
    note = Text(_l("Private note"), [Limit(LONGEST_TEXT)])

    def points(self, criterion: Criterion) -> Field:
        field: Field = self[f"points-{criterion.id}"]
        return field

    def excuse(self, criterion: Criterion) -> Field:
        field: Field = self[f"excuse-{criterion.id}"]
        return field

    @property
    def half_points(self) -> dict[Criterion, int | None]:
        """What was given; None for "no answer"."""
        given = {criterion: self.points(criterion).data for criterion in self.criteria}
        return {
            criterion: None if value == NO_ANSWER else int(Decimal(value) * 2)
            for criterion, value in given.items()
            if value
        }

    @property
    def excuses(self) -> dict[Criterion, str]:
        return {criterion: self.excuse(criterion).data or "" for criterion in self.criteria}

    @property
    def remarks(self) -> Remarks:
        return Remarks(**{name: self[name].data or "" for name in REMARKS})

    @property
    def left(self) -> int:
        """How many criteria still need points or a reason."""
        given, excuses = self.half_points, self.excuses
        return sum(c not in given or (given[c] is None and not excuses[c]) for c in self.criteria)

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        foreign = [name for name in request.form if name.startswith(("points-", "excuse-")) and name not in self]
        if foreign:
            self.form_errors.append(_("This criterion belongs to another hackathon."))
        if not SAVE_ID.fullmatch(self.save_id.data or ""):
            self.form_errors.append(_("This page is too old. Please load it again."))
        for criterion in self.criteria:
            self._check(criterion)
        if self.submitting and self.rules.feedback_required:
            for name in FOR_THE_TEAM:
                if not self[name].data:
                    self[name].errors = [*self[name].errors, what_is_asked(name)]
        return fine and not self.errors

    def _check(self, criterion: Criterion) -> None:
        points, excuse = self.points(criterion), self.excuse(criterion)
        allowed = [choice.value for choice in points.choices]
        if points.data and points.data not in allowed:
            points.errors = [*points.errors, what_to_choose(self.rules)]
            points.data = None
        elif self.submitting and not points.data:
            text = _("Please give points for “%(title)s”, or choose “no answer”.", title=criterion.title)
            points.errors = [*points.errors, text]
        elif self.submitting and points.data == NO_ANSWER and not excuse.data:
            text = _("Please say why you give no answer for “%(title)s”.", title=criterion.title)
            excuse.errors = [*excuse.errors, text]

    def renew(self) -> None:
        """The next save is another one than the last."""
        self.save_id.data = new_secret()[:40]


def ballot_form(
    criteria: Sequence[Criterion], rules: JuryRules, *, ballot: Ballot | None = None,
    scores: Mapping[int, Score] | None = None, typed: Typed | None = None, alone: bool = False,
) -> BallotForm:  # fmt: skip
    """The form with what was sent, or with what is stored, or was typed in from paper.

    `alone`: with the question whether somebody checks their own typing, because nobody else can.
    """
    choices = [SelectChoice(as_value(value), number(value / 2)) for value in rules.values]
    choices.append(SelectChoice(NO_ANSWER, _("No answer")))
    fields: dict[str, Any] = {"criteria": criteria, "rules": rules}
    for criterion in criteria:
        fields[f"points-{criterion.id}"] = RadioField(criterion.title, choices=choices, validate_choice=False)
        label = _("Why no answer for “%(title)s”?", title=criterion.title)
        fields[f"excuse-{criterion.id}"] = Line(label, [Sometimes(), Limit(Score.excuse.type.length or 0)])
    if alone:
        fields["alone"] = BooleanField(_l("I am the only one who can check this. I have compared it with the sheet."))
    made = type("BallotFormOfHackathon", (BallotForm,), fields)
    stored: dict[str, Any] = {}
    if request.method != "POST":
        stored = {"revision": ballot.revision if ballot else 0, "save_id": new_secret()[:40]}
        if ballot:
            stored |= {name: getattr(ballot, name) for name in REMARKS}
        for score in (scores or {}).values():
            value = NO_ANSWER if score.half_points is None else as_value(score.half_points)
            stored |= {f"points-{score.criterion_id}": value, f"excuse-{score.criterion_id}": score.excuse}
        if typed:
            stored |= _as_typed(typed)
    form: BallotForm = made(data=stored)
    form.submitting = "submit" in request.form
    return form


def _as_typed(typed: Typed) -> dict[str, Any]:
    stored: dict[str, Any] = {name: typed.words.get(name, "") for name in REMARKS}
    for number_, value in typed.half_points.items():
        stored[f"points-{number_}"] = NO_ANSWER if value is None else as_value(value)
    return stored | {f"excuse-{number_}": text for number_, text in typed.excuses.items()}
