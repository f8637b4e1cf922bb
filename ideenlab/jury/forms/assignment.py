from collections.abc import Sequence

from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from ideenlab.core.forms import Form, Required
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.jury.models import Juror
from ideenlab.prototypes.models import Prototype


class AcceptForm(Form):
    """A button below a proposal; `mark` says which one was shown."""

    mark = HiddenField()


class AssignmentForm(Form):
    prototype = SelectField(_l("Team"), [Required()], validate_choice=False)
    juror = SelectField(_l("Member of the jury"), [Required()], validate_choice=False)

    def offer(self, prototypes: Sequence[Prototype], jurors: Sequence[Juror]) -> None:
        self.prototype.choices = [("", _("Please choose")), *((str(each.id), each.team.name) for each in prototypes)]
        self.juror.choices = [("", _("Please choose")), *((str(juror.id), juror.name) for juror in jurors)]

    def validate_prototype(self, field: SelectField) -> None:
        if field.data not in dict(field.choices):
            raise ValidationError(_("Please choose one of these."))

    def validate_juror(self, field: SelectField) -> None:
        self.validate_prototype(field)
