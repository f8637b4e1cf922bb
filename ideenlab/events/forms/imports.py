from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField

from ideenlab.core.forms import Form, Sometimes
from ideenlab.core.i18n import lazy_gettext as _l


class ImportForm(Form):
    """First a file, then the second press with what was in it."""

    file = FileField(_l("Table (CSV)"), [Sometimes()], description=_l("Up to 250 kB, at most 1,000 rows."))
    publish = BooleanField(_l("Publish new events at once"), description=_l("Otherwise they are drafts."))
    table = HiddenField()
    seen = HiddenField()
