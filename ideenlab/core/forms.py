"""The base of every form: what is typed is made clean, and each limit says its number."""

import re
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from babel.support import NullTranslations
from flask import request
from flask_wtf import FlaskForm
from werkzeug.exceptions import UnsupportedMediaType
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import DateInput, DateTimeLocalInput, EmailInput, NumberInput

from ideenlab.core.clock import now
from ideenlab.core.i18n import city_zone, ngettext, words_of_forms
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.moments import read_city_time, read_day
from ideenlab.core.openings import SECONDS_TO_TYPE, read_opening, write_opening
from ideenlab.core.text import LONGEST_EMAIL, clean_line, clean_text, normalise_email

__all__ = [
    "After", "BeforeStart", "Between", "CityTime", "Day", "Email", "Form", "Limit", "Line", "Required", "Revised",
    "Text", "UnhurriedForm", "Whole", "read_pin", "refuse", "write_opening",
]  # fmt: skip

FORM_KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Form(FlaskForm):
    """A form whose errors come first and whose fields know whether they are optional."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> NullTranslations:
            return words_of_forms()

        def bind_field(self, form: Any, unbound_field: UnboundField, options: dict[str, Any]) -> Field:
            cleaner = {Line: clean_line, Text: clean_text, Email: clean_line}.get(unbound_field.field_class)
            if cleaner:
                options["filters"] = [*options.get("filters", ()), cleaner]
            field: Field = unbound_field.bind(form=form, **options)
            return field

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What is sent as JSON or as plain text is no form of ours: Flask-WTF would take it for one."""
            if request and request.method == "POST" and request.content_length and request.mimetype not in FORM_KINDS:
                raise UnsupportedMediaType
            return super().wrap_formdata(form, formdata)


class Revised(Form):
    """Knows from which revision it was made, so that nobody overwrites what they have not seen."""

    revision = HiddenField()

    def seen_revision(self) -> int:
        """Nonsense is a revision that never was."""
        text = str(self.revision.data or "")
        return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


class Line(StringField):
    """One line of text."""


class Text(TextAreaField):
    """Several lines, usually Markdown."""


class UnhurriedForm(Form):
    """A form for people without an account: a field that only robots fill in, and no answer within three seconds.

    Instead of a puzzle: what people typed stays, pressing once more is enough. Shown by `components/unhurried.html`.
    """

    website = Line(_l("Please leave this field empty"))
    opened = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened_at = read_opening(self.opened.data)
        if self.opened_at is None:
            self.opened.data = write_opening(now())

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and self._is_typed_by_people()

    def _is_typed_by_people(self) -> bool:
        since = (now() - self.opened_at).total_seconds() if self.opened_at else 0
        if self.website.data:
            self.website.data = ""
            self.form_errors.append(_("A field was filled in that must stay empty. Please send the form again."))
        elif since < SECONDS_TO_TYPE:
            self.form_errors.append(_("That was faster than people type. Please send the form again in a moment."))
        return not self.form_errors


class _Typed(Field):
    """A field whose text is kept as typed when it cannot be read."""

    def _value(self) -> str:
        return " ".join(self.raw_data) if self.raw_data else self.written()

    def written(self) -> str:
        raise NotImplementedError

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def process_formdata(self, values: list[str]) -> None:
        text = clean_line(values[0]) if values else ""
        self.data = None
        if text:
            self.data = self.read(text)


class Day(_Typed):
    """A day: `2027-06-27`, or `27.06.2027` where the browser has no calendar."""

    widget = DateInput()

    def written(self) -> str:
        return self.data.isoformat() if self.data else ""

    def read(self, text: str) -> date:
        return read_day(text)


class Whole(_Typed):
    """A whole number in plain digits, without what `int()` lets through: `1_000`, `１２`, ` 7 `."""

    widget = NumberInput()

    def written(self) -> str:
        return "" if self.data is None else str(self.data)

    def read(self, text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text):
            raise ValueError(_("Please give a whole number in digits."))
        return int(text)


class CityTime(_Typed):
    """A moment, typed and shown in the city's time, given as an aware time in UTC."""

    widget = DateTimeLocalInput()

    def written(self) -> str:
        return self.data.astimezone(ZoneInfo(city_zone())).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def read(self, text: str) -> datetime:
        return read_city_time(text, ZoneInfo(city_zone()))


class After:
    """The end of a window lies after its beginning, when both are given."""

    def __init__(self, begin: str, *, same_allowed: bool = False) -> None:
        self.begin, self.same_allowed = begin, same_allowed

    def __call__(self, form: Any, field: Field) -> None:
        begin, end = form[self.begin].data, field.data
        if end is None or form[self.begin].process_errors or field.process_errors:
            return
        if begin is None:
            raise ValidationError(_("There is an end but no beginning."))
        if end < begin or (end == begin and not self.same_allowed):
            raise ValidationError(_("The end must come after the beginning."))


class Email(StringField):
    """One address; `data` is its normalised form once the form is valid."""

    data: str | None
    widget = EmailInput()

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        address = normalise_email(self.data)
        if address is None and len(self.data) > LONGEST_EMAIL:
            raise ValidationError(_("At most %(most)s characters, please.", most=LONGEST_EMAIL))
        if address is None:
            raise ValidationError(_("Please enter one e-mail address, such as name@example.org."))
        self.data = address


class Required:
    """Something must be there after what cannot be seen is gone."""

    def __init__(self, message: str | None = None) -> None:
        self.field_flags = {"required": True}
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        given = field.data or type(field.data) is int  # nought is a number too
        if not given or (isinstance(field.data, str) and not field.data.strip()):
            if field.process_errors:
                raise StopValidation  # it says already why it cannot be read
            field.errors = []
            raise StopValidation(str(self.message or _("Please fill in this field.")))


class Sometimes:
    """Needed with some answers to another field: neither required nor to be called optional."""

    field_flags: ClassVar = {"sometimes": True}

    def __call__(self, form: Any, field: Field) -> None:
        """Whether it is needed now, the form knows."""


class BeforeStart:
    """May stay empty while a city is set up, not when it goes live: said instead of “optional”."""

    field_flags: ClassVar = {"before_start": True}

    def __call__(self, form: Any, field: Field) -> None:
        """The check list asks for it."""


class Between:
    """A number from `lowest` to `highest`."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, highest

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None and not self.lowest <= field.data <= self.highest:
            text = _("Please give a number from %(least)s to %(most)s.", least=self.lowest, most=self.highest)
            raise ValidationError(text)


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


def read_pin(typed: object) -> int | None:
    """Millionths of a degree; nonsense is no pin."""
    text = str(typed or "")
    return int(text) if re.fullmatch("-?[0-9]{1,9}", text) else None


def refuse(form: Form, field: str, message: str) -> None:
    """Put an action's refusal at the field it is about, or at the top of the form."""
    if field and field in form:
        form[field].errors = [*form[field].errors, message]
    else:
        form.form_errors.append(message)
