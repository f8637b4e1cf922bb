"""The base of every form: what is typed is made clean, and each limit says its number."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation, ValidationError

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.text import clean_line, clean_text

__all__ = ["Form", "Limit", "Line", "Required", "Text", "refuse"]


class Form(FlaskForm):
    """A form whose errors come first and whose fields know whether they are optional."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: UnboundField, options: dict[str, Any]) -> Field:
            cleaner = {Line: clean_line, Text: clean_text}.get(unbound_field.field_class)
            if cleaner:
                options["filters"] = [*options.get("filters", ()), cleaner]
            field: Field = unbound_field.bind(form=form, **options)
            return field


class Line(StringField):
    """One line of text."""


class Text(TextAreaField):
    """Several lines, usually Markdown."""


class Required:
    """Something must be there after what cannot be seen is gone."""

    def __init__(self, message: str | None = None) -> None:
        self.field_flags = {"required": True}
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            field.errors = []
            raise StopValidation(str(self.message or _("Please fill in this field.")))


class Limit:
    """At most, and if wanted at least, so many characters."""

    def __init__(self, highest: int, lowest: int = 0) -> None:
        self.highest, self.lowest = highest, lowest
        self.field_flags = {"maxlength": highest}

    def __call__(self, form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > self.highest:
            text = ngettext(
                "At most %(most)s characters, please. You are %(num)s character over.",
                "At most %(most)s characters, please. You are %(num)s characters over.",
                length - self.highest, most=self.highest,
            )  # fmt: skip
            raise ValidationError(text)
        if 0 < length < self.lowest:
            raise ValidationError(_("At least %(least)s characters, please.", least=self.lowest))


def refuse(form: Form, field: str, message: str) -> None:
    """Put an action's refusal at the field it is about, or at the top of the form."""
    if field and field in form:
        form[field].errors = [*form[field].errors, message]
    else:
        form.form_errors.append(message)
