from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from ideenlab.core.forms import Form, Limit, Required, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.jury.models import Juror, Recusal
from ideenlab.teams.models import Team

LONGEST_REASON = Recusal.reason.type.length or 0


class ConflictForm(Form):
    """A juror says that there is a conflict of interest, or where one is suspected, that there is none."""

    answer = RadioField(_l("Can you score this team without bias?"), validate_choice=False, default="conflict")
    reason = Text(
        _l("Reason"), [Required(_l("Please give a reason.")), Limit(LONGEST_REASON)],
        description=_l("Only you and the organisers read it. It is never published."),
    )  # fmt: skip

    def offer(self, *, suspected: bool) -> None:
        self.answer.choices = [("conflict", _("No, I am biased and do not score this team"))]
        if suspected:
            self.answer.choices.append(("none", _("Yes, there is no conflict of interest")))

    def validate_answer(self, field: RadioField) -> None:
        if field.data not in dict(field.choices):
            raise ValidationError(_("Please choose one of the answers."))


class DecisionForm(Form):
    """An organiser decides about a juror and a team. `seen` is the state that was shown."""

    state = RadioField(_l("Decision"), [Required(_l("Please choose one of the answers."))], validate_choice=False)
    reason = Text(
        _l("Reason"), [Required(_l("Please give a reason.")), Limit(LONGEST_REASON)],
        description=_l("The juror and the organisers read it. It is never published."),
    )  # fmt: skip
    seen = HiddenField()

    def offer(self, *, state: str, suspected: bool) -> None:
        self.state.choices = []
        if state != "blocked":
            self.state.choices.append(("blocked", _("Conflict of interest: this juror does not score this team")))
        if state in ("declared", "blocked") or (suspected and state != "dismissed"):
            self.state.choices.append(("dismissed", _("No conflict of interest: this juror scores this team")))


class PairForm(Form):
    """Any juror and any team, where nothing was declared or suspected."""

    juror = SelectField(_l("Member of the jury"), [Required()], validate_choice=False)
    team = SelectField(_l("Team"), [Required()], validate_choice=False)

    def offer(self, jurors: Sequence[Juror], teams: Sequence[Team]) -> None:
        self.juror.choices = [("", _("Please choose")), *((str(juror.id), juror.name) for juror in jurors)]
        self.team.choices = [("", _("Please choose")), *((str(team.id), team.name) for team in teams)]

    def validate_juror(self, field: SelectField) -> None:
        _check_choice(field)

    def validate_team(self, field: SelectField) -> None:
        _check_choice(field)


def _check_choice(field: SelectField) -> None:
    if field.data not in dict(field.choices):
        raise ValidationError(_("Please choose one of these."))
