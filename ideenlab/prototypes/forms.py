from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import Field, IntegerField
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from ideenlab.core.forms import Form, Limit, Line, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.prototypes.actions import DraftText
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.rules import may_link

LONGEST_DESCRIPTION = 10_000
LARGEST_REVISION = 2**31 - 1


def a_link(form: Any, field: Field) -> None:
    if field.data:
        verdict = may_link(field.data)
        if not verdict:
            raise ValidationError(verdict.reason)


class NeededToHandIn:
    """A draft may do without; the page does not call it optional."""

    def __init__(self) -> None:
        self.field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        pass


class Revision(IntegerField):
    """Which saving the typed text began with. Anything else than a number is an old one."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = min(int(text), LARGEST_REVISION) if text.isascii() and text.isdigit() and len(text) < 20 else 0


class DraftForm(Form):
    title = Line(
        _l("Title"), description=_l("Title and description are needed for handing in."),
        validators=[NeededToHandIn(), Limit(Prototype.title.type.length)],
    )  # fmt: skip
    pitch = Line(
        _l("In one sentence"), description=_l("Whom does it help, and with what?"),
        validators=[Limit(Prototype.pitch.type.length)],
    )  # fmt: skip
    description = Text(
        _l("Description"), description=_l("What did you build? What works, what does not yet? Markdown is possible."),
        validators=[NeededToHandIn(), Limit(LONGEST_DESCRIPTION)],
    )  # fmt: skip
    code_url = Line(_l("Link to the code"), validators=[Limit(Prototype.code_url.type.length), a_link])
    demo_url = Line(_l("Link to try it"), validators=[Limit(Prototype.demo_url.type.length), a_link])
    video_url = Line(_l("Link to a video"), validators=[Limit(Prototype.video_url.type.length), a_link])
    revision = Revision(default=1)

    def text(self) -> DraftText:
        return DraftText(
            title=self.title.data or "", pitch=self.pitch.data or "", description=self.description.data or "",
            code_url=self.code_url.data or "", demo_url=self.demo_url.data or "", video_url=self.video_url.data or "",
        )  # fmt: skip


class FilesForm(Form):
    files = MultipleFileField(_l("Files"))


class HandInForm(Form):
    revision = Revision(default=0)
