from wtforms import BooleanField

from ideenlab.attendance.forms import CheckInForm as AnyCheckInForm
from ideenlab.core.i18n import lazy_gettext as _l


class CheckInForm(AnyCheckInForm):
    on_paper = BooleanField(_l("The agreement of the parents or guardians is here on paper"))
