from wtforms import BooleanField, HiddenField

from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.jury.models import LONGEST_PROFILE, Juror


class InformedForm(Form):
    """A button below a page that was read; `version` is that of the rules it showed."""

    version = HiddenField()

    def seen_version(self) -> int:
        digits = self.version.data or ""
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1


class ProfileForm(Form):
    name = Line(_l("Name"), [Required(), Limit(Juror.name.type.length or 0)])
    organisation = Line(_l("Organisation"), [Limit(Juror.organisation.type.length or 0)])
    profile = Text(
        _l("About me"), [Limit(LONGEST_PROFILE)],
        description=_l("What you work on, and why you are on this jury. Two or three sentences are enough."),
    )  # fmt: skip
    is_shown = BooleanField(
        _l("I agree that everybody sees my name, my organisation and this text on the page about the jury."),
        description=_l("You can take this back at any time. Your points stay under a number, never under your name."),
    )  # fmt: skip
