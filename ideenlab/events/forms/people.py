from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from ideenlab.core.forms import Email, Form, Limit, Line, Required, Text, UnhurriedForm
from ideenlab.core.i18n import LANGUAGES
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.events.actions import Guest

NOTE_HINT = _l("For example: a wheelchair, a child comes along. Only the organisers of the event read it.")


class SignUpForm(Form):
    """With an account: nothing has to be typed."""

    note = Line(_l("A note for the organisers"), [Limit(300)], description=NOTE_HINT)
    sequence = HiddenField()

    def seen_sequence(self) -> int:
        text = str(self.sequence.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class GuestSignUpForm(UnhurriedForm):
    name = Line(_l("Your name"), [Required(), Limit(120)])
    email = Email(_l("E-mail"), [Required(), Limit(254)], description=_l("We send you a link that confirms the place."))
    note = Line(_l("A note for the organisers"), [Limit(300)], description=NOTE_HINT)
    sequence = HiddenField()
    seen_sequence = SignUpForm.seen_sequence


class GuestForm(Form):
    """Typed by organisers for somebody on the telephone."""

    name = Line(_l("Name"), [Required(), Limit(120)])
    phone = Line(_l("Telephone"), [Limit(40)])
    email = Email(_l("E-mail"), [Limit(254)], description=_l("With an address the person gets the ticket by mail."))
    note = Line(_l("Note"), [Limit(300)])
    language = SelectField(
        _l("Language of the mails"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )

    def guest(self) -> Guest:
        return Guest(
            self.name.data, phone=self.phone.data or "", email=self.email.data or "", note=self.note.data or "",
            language=self.language.data,
        )  # fmt: skip


class WalkInForm(Form):
    """Somebody at the door."""

    name = Line(_l("Name"), [Required(), Limit(120)])


class CancelEventForm(Form):
    reason = Text(
        _l("Reason"), [Required(), Limit(500)],
        description=_l("Everybody who signed up reads it in a mail, and it stands on the page of the event."),
    )  # fmt: skip


class LetterForm(Form):
    title = Line(_l("Subject"), [Required(), Limit(120)])
    text = Text(_l("Text"), [Required(), Limit(3000)])
