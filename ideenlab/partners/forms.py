from wtforms import FileField, SelectField

from ideenlab.core.forms import Form, Limit, Line, Required, Revised, Sometimes, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.text import LONGEST_EMAIL
from ideenlab.partners.actions import FIELDS, Profile


class PartnerForm(Revised):
    title = Line(_l("Name of the partner"), [Required(), Limit(120)])
    summary = Line(_l("In one or two sentences"), [Limit(300)])
    description = Text(_l("Who you are and what you do in the week"), [Limit(20_000)])
    website = Line(_l("Website"), [Limit(500)], description=_l("The whole address, beginning with https://."))
    contact = Line(
        _l("How the organisers reach you"), [Limit(200)],
        description=_l("Only organisers and those who write for this partner see it."),
    )  # fmt: skip

    def profile(self) -> Profile:
        return Profile(**{name: self[name].data or "" for name in FIELDS})


class LogoForm(Form):
    logo = FileField(
        _l("Logo"), [Sometimes()],
        description=_l("PNG, JPEG or WebP up to 12 MB. We draw it anew, at most 400 points wide."),
    )  # fmt: skip


class EditorForm(Form):
    who = Line(_l("Pseudonym"), [Required(), Limit(LONGEST_EMAIL)])


class PartForm(Form):
    partner = SelectField(_l("Partner"), [Required()], validate_choice=False)
    part = Line(_l("Role in this week"), [Limit(80)], description=_l("For example: main sponsor, host, media partner."))
