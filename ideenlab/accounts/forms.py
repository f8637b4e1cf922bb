import re
from typing import Any

from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.accounts.models import PSEUDONYM_LENGTH, Person
from ideenlab.accounts.rules import may_use_password
from ideenlab.core.ages import ONLY_UNDER_16, AgeBand, AsksAge, guardian_address
from ideenlab.core.forms import Email, Form, Limit, Line, Required, UnhurriedForm
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.i18n import offered
from ideenlab.core.passwords import LONGEST
from ideenlab.core.security import safe_path
from ideenlab.core.text import clean_line

NICKNAME = {"autocomplete": "nickname"}
NEW = {"autocomplete": "new-password"}
CURRENT = {"autocomplete": "current-password"}
MAIL = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
ONE_TIME = {"autocomplete": "one-time-code", "inputmode": "numeric"}


def digits_only(text: str | None) -> str:
    """A code as people copy it, with blanks and dashes, as its digits; anything else stays wrong."""
    return re.sub(r"[\s\u00a0-]", "", clean_line((text or "")[:60]))[:20]


class Code(StringField):
    """A code of so many digits."""


class TakePartForm(UnhurriedForm):
    """All that somebody without an account is asked for."""

    email = Email(
        _l("E-mail address"), [Required(_l("Please enter your e-mail address."))], render_kw=MAIL,
        description=_l("Nobody sees your address."),
    )  # fmt: skip
    age_band = AgeBand()
    next = HiddenField(filters=[lambda path: safe_path(path, default="")])

    def validate_age_band(self, field: AgeBand) -> None:
        if field.data == "under_16":
            raise ValidationError(
                _("Under 16 a parent or guardian must agree first. Please create an account for that.")
            )


class SignUpForm(AsksAge):
    pseudonym = Line(
        _l("Pseudonym"), [Required(_l("Please enter a pseudonym.")), Limit(PSEUDONYM_LENGTH)], render_kw=NICKNAME,
        description=_l("Everybody can read this name. It need not be your real one."),
    )  # fmt: skip
    email = Email(
        _l("E-mail address"), [Required(_l("Please enter your e-mail address."))], render_kw=MAIL,
        description=_l("Nobody sees your address. We send a link to it."),
    )  # fmt: skip
    age_band, guardian_email = AgeBand(), guardian_address(ONLY_UNDER_16)  # errors stand in the order of the page
    password = PasswordField(
        _l("Password"),
        [Limit(LONGEST)],
        render_kw=NEW,
        description=_l("You do not need one: we can send you a code each time. At least 8 characters."),
    )

    def own_address(self) -> str:
        return self.email.data or ""

    def validate_password(self, field: PasswordField) -> None:
        _refuse_easy(field, pseudonym=self.pseudonym.data or "", email=self.email.data or "")


class ConfirmForm(Form):
    pseudonym = Line(
        _l("Pseudonym"), [Required(_l("Please enter a pseudonym.")), Limit(PSEUDONYM_LENGTH)], render_kw=NICKNAME,
        description=_l("Everybody can read this name. It need not be your real one."),
    )  # fmt: skip


class SignInForm(Form):
    email = Email(_l("E-mail address"), [Required(_l("Please enter your e-mail address."))], render_kw=MAIL)
    password = PasswordField(
        _l("Password"), render_kw=CURRENT, description=_l("Leave it empty and we send you a code by mail.")
    )
    next = HiddenField(filters=[lambda path: safe_path(path, default="")])


class EmailForm(Form):
    email = Email(_l("E-mail address"), [Required(_l("Please enter your e-mail address."))], render_kw=MAIL)


class CodeForm(Form):
    code = Code(_l("Code"), [Required(_l("Please enter the code."))], filters=[digits_only], render_kw=ONE_TIME)


class CardForm(Form):
    code = Line(
        _l("Code on the card"), [Required(_l("Please enter the code.")), Limit(40)],
        description=_l("Twelve letters and digits. Capital or small, with or without hyphens."),
    )  # fmt: skip


class NewPasswordForm(Form):
    """For who has forgotten the old one."""

    password = PasswordField(
        _l("New password"),
        [Required(_l("Please enter the new password.")), Limit(LONGEST)],
        render_kw=NEW,
        description=_l("At least 8 characters."),
    )
    person: Person | None = None

    def validate_password(self, field: PasswordField) -> None:
        if self.person is not None:
            _refuse_easy(field, pseudonym=self.person.pseudonym, email=self.person.email or "")


class ChangePasswordForm(NewPasswordForm):
    """`old_password` is only asked for where there is one."""

    old_password = PasswordField(
        _l("Old password"), [Required(_l("Please enter your old password."))], render_kw=CURRENT
    )


class FirstPasswordForm(NewPasswordForm):
    """For who has none: a code shows that the mailbox is theirs. An open browser alone must not be enough."""

    code = Code(
        _l("Code from our mail"), [Required(_l("Please enter the code."))], filters=[digits_only], render_kw=ONE_TIME
    )


class ProfileForm(Form):
    pseudonym = Line(
        _l("Pseudonym"), [Required(_l("Please enter a pseudonym.")), Limit(PSEUDONYM_LENGTH)], render_kw=NICKNAME,
        description=_l("Everybody can read this name. It need not be your real one."),
    )  # fmt: skip
    language = SelectField(
        _l("Language of our mails"),
        validators=[Required()],
        choices=lambda: [SelectChoice(*pair) for pair in offered().items()],
    )


class AddressForm(Form):
    """One of `password` and `code` shows that it is you."""

    email = Email(_l("New e-mail address"), [Required(_l("Please enter your new e-mail address."))], render_kw=MAIL)
    password = PasswordField(_l("Password"), [Limit(LONGEST)], render_kw=CURRENT)
    code = Code(_l("Code from our mail"), filters=[digits_only], render_kw=ONE_TIME)


class ProofForm(Form):
    """One of `password` and `code` shows that it is you."""

    password = PasswordField(_l("Password"), [Limit(LONGEST)], render_kw=CURRENT)
    code = Code(_l("Code from our mail"), filters=[digits_only], render_kw=ONE_TIME)


class ResetForm(Form):
    reason = Line(
        _l("How did you make sure who it is?"), [Required(), Limit(500, 5)],
        description=_l("Stands in the log. For example: came by with an identity card."),
    )  # fmt: skip


class SearchForm(Form):
    """Read from the address of the page."""

    class Meta(Form.Meta):
        csrf = False

    q = Line(_l("Pseudonym or e-mail address"), [Limit(120)])


def _refuse_easy(field: Any, *, pseudonym: str, email: str) -> None:
    if field.data:
        verdict = may_use_password(field.data, pseudonym=pseudonym, email=email)
        if not verdict:
            raise ValidationError(verdict.reason)
