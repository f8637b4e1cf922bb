"""How old somebody is, in bands, and who is asked for them under 16: the same in every form that needs it."""

from typing import Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from ideenlab.core.forms import Email, Form, Required
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l

AGE_BANDS = ("under_16", "16_17", "adult")
FOREIGN_MAIL = {"autocomplete": "off", "spellcheck": "false"}  # not one's own


class AgeBand(RadioField):  # type: ignore[misc]
    """No birthday: only what the law asks for."""

    def __init__(self, description: object = "", **options: Any) -> None:
        choices = [
            SelectChoice("under_16", _l("Under 16")), SelectChoice("16_17", _l("16 or 17")),
            SelectChoice("adult", _l("18 or older")),
        ]  # fmt: skip
        super().__init__(
            _l("How old are you?"), choices=choices, validators=[Required(_l("Please choose your age."))],
            validate_choice=False, description=description, **options,
        )  # fmt: skip

    def pre_validate(self, form: Any) -> None:
        if self.data not in AGE_BANDS:
            raise StopValidation(_("Please choose your age."))


def guardian_address(description: object) -> Any:
    """The field; `AsksAge` checks it."""
    return Email(_l("E-mail address of a parent or guardian"), render_kw=FOREIGN_MAIL, description=description)


ONLY_UNDER_16 = _l("Only if you are under 16. This person must agree before you can take part.")


class AsksAge(Form):
    """Who is under 16 names a parent or guardian, who is not themselves."""

    age_band = AgeBand()
    guardian_email = guardian_address(ONLY_UNDER_16)

    def own_address(self) -> str:
        raise NotImplementedError

    def validate_guardian_email(self, field: Email) -> None:
        if self.age_band.data != "under_16":
            return
        if not field.data:
            raise ValidationError(_("Under 16 we need the address of a parent or guardian."))
        if field.data == self.own_address():
            raise ValidationError(_("Please give another address than your own."))
