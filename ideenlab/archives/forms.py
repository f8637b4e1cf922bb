from wtforms import HiddenField

from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l


class CertificateForm(Form):
    name = Line(
        _l("Name on the certificate"), [Required(), Limit(80)],
        description=_l("It is printed on this certificate only. We do not keep it."),
    )  # fmt: skip


class ThanksForm(Form):
    text = Text(_l("Your lines to everybody"), [Required(), Limit(1000)])


class NoteForm(Form):
    text = Text(_l("What became of it"), [Required(), Limit(5000)])
    revision = HiddenField()

    def seen_revision(self) -> int:
        text = str(self.revision.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class OnlyButton(Form):
    pass
