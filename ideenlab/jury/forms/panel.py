from ideenlab.core.forms import Email, Form, Limit, Line, Required
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.jury.models import Juror


class InvitationForm(Form):
    name = Line(_l("Your name"), [Required(), Limit(Juror.name.type.length or 0)])
    code = Line(_l("Your code"), [Required(), Limit(40)])


class JurorForm(Form):
    name = Line(_l("Name"), [Required(), Limit(Juror.name.type.length or 0)])
    email = Email(_l("E-mail address"))
    organisation = Line(_l("Organisation"), [Limit(Juror.organisation.type.length or 0)])
