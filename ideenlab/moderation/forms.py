from typing import Any

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import ValidationError

from ideenlab.core.forms import Email, Form, Limit, Line, Required, Sometimes, Text, UnhurriedForm, Whole
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.moderation.actions.words import LONGEST_WORD
from ideenlab.moderation.models import LONGEST_REASON, LONGEST_REPORT, REASONS, SHORTEST_REASON
from ideenlab.moderation.rules import LONGEST_SUSPENSION


def reason_names() -> dict[str, str]:
    return {
        "illegal": _("It is probably illegal"),
        "personal_data": _("Personal data of somebody else"),
        "insult": _("Insult or hatred"),
        "spam": _("Advertising or spam"),
        "off_topic": _("It has nothing to do with the topic"),
        "other": _("Something else"),
    }


def measure_names() -> dict[str, str]:
    """What was done, as it is said afterwards."""
    return {
        "kept": _("No breach found"),
        "hidden": _("Hidden"),
        "restored": _("Shown again"),
        "released": _("Released"),
        "refused": _("Not released"),
        "change_asked": _("Change asked for"),
        "locked": _("Discussion locked"),
        "unlocked": _("Discussion opened again"),
        "warned": _("Warning"),
        "suspended": _("Suspended for a time"),
        "suspension_ended": _("Suspension ended early"),
        "blackened": _("Blackened"),
    }


def deed_names(table: str) -> dict[str, str]:
    """The same as what can be done now about a thing of this kind."""
    if table == "teams":
        return {
            "kept": _("Leave it as it is: it breaks no rule"),
            "hidden": _("Hide the name: everybody sees a neutral one until the team chooses another"),
            "restored": _("Give the team its name back"),
        }
    return {
        "kept": _("Leave it as it is: it breaks no rule"),
        "released": _("Release it"),
        "refused": _("Do not release it"),
        "change_asked": _("Ask for a change: hidden until the author has changed it"),
        "hidden": _("Hide it"),
        "restored": _("Show it again"),
        "locked": _("Lock the discussion: nobody can comment any more"),
        "unlocked": _("Open the discussion again"),
    }


class ReportForm(UnhurriedForm):
    reason = RadioField(_l("What is wrong?"), validate_choice=False)
    text = Text(
        _l("Please say in a sentence what is wrong"), validators=[Required(), Limit(LONGEST_REPORT, SHORTEST_REASON)]
    )  # fmt: skip
    email = Email(
        _l("Your e-mail address"),
        description=_l("Only if you want to be told what we decide. Nobody else sees it, and we delete it afterwards."),
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = list(reason_names().items())
        self.reason.flags.required = True

    def validate_reason(self, field: RadioField) -> None:
        if field.data not in REASONS:
            raise ValidationError(_("Please choose a reason."))


REASON_HINT = _l("The author reads this. Say which rule is broken and what would be possible instead.")


class HideForm(Form):
    reason = Text(
        _l("Reason"), validators=[Required(), Limit(LONGEST_REASON, SHORTEST_REASON)],
        description=_l("The author is told this by mail. Say which rule is broken and what would be possible instead."),
    )  # fmt: skip


class MeasureForm(Form):
    """One of the measures that are possible now, with its reason."""

    kind = RadioField(_l("What do you decide?"), validate_choice=False)
    reason = Text(_l("Reason"), validators=[Sometimes(), Limit(LONGEST_REASON)], description=REASON_HINT)
    case = HiddenField()

    @classmethod
    def of(cls, table: str, kinds: list[str], case_id: int | None) -> "MeasureForm":
        form = cls(case=str(case_id or ""))
        names = deed_names(table)
        form.kind.choices = [(kind, names[kind]) for kind in names if kind in kinds]
        form.kind.flags.required = True
        return form

    def validate_kind(self, field: RadioField) -> None:
        if field.data not in [value for value, _label in field.choices]:
            raise ValidationError(_("Please choose what you decide."))


class ManyForm(Form):
    """The same decision about several rows of the queue."""

    reason = Text(_l("Reason for all of them"), validators=[Sometimes(), Limit(LONGEST_REASON)])


class PersonForm(Form):
    """A warning or a suspension; which one, the button says."""

    reason = Text(
        _l("Reason"), validators=[Required(), Limit(LONGEST_REASON, SHORTEST_REASON)],
        description=_l("The person is told this by mail, and can appeal."),
    )  # fmt: skip


class SuspendForm(PersonForm):
    days = Whole(
        _l("For how many days?"), validators=[Required()],
        description=_l("The person can read, sign in and take back what is theirs, but not take part."),
    )  # fmt: skip

    def validate_days(self, field: Whole) -> None:
        if field.data is not None and not 1 <= field.data <= LONGEST_SUSPENSION:
            raise ValidationError(_("A suspension lasts 1 to %(most)s days.", most=LONGEST_SUSPENSION))


class AppealForm(Form):
    text = Text(
        _l("Why do you not agree?"), validators=[Required(), Limit(LONGEST_REPORT, SHORTEST_REASON)],
        description=_l("Somebody else of the moderation reads this and decides anew."),
    )  # fmt: skip


class AppealDecisionForm(Form):
    outcome = RadioField(_l("What do you decide?"), validate_choice=False)
    reason = Text(
        _l("Reason"), validators=[Required(), Limit(LONGEST_REASON, SHORTEST_REASON)], description=REASON_HINT
    )  # fmt: skip
    alone = BooleanField(_l("I know that I decide about my own measure, because nobody else can."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outcome.choices = [
            ("overturned", _("The author is right: take the measure back")),
            ("upheld", _("The measure stands")),
        ]
        self.outcome.flags.required = True

    def validate_outcome(self, field: RadioField) -> None:
        if field.data not in ("overturned", "upheld"):
            raise ValidationError(_("Please choose what you decide."))


class BlackenForm(Form):
    """A passage, an old version or a picture of an idea."""

    what = RadioField(_l("What must go?"), default="passage", validate_choice=False)
    passage = Line(
        _l("The passage"), validators=[Sometimes(), Limit(500)],
        description=_l("As it stands there. Blanks and marks such as ** between the words play no part."),
    )  # fmt: skip
    reason = Text(
        _l("Reason"), validators=[Required(), Limit(LONGEST_REASON, SHORTEST_REASON)],
        description=_l("The author reads this. Please do not repeat what must go."),
    )  # fmt: skip
    sure = BooleanField(_l("I know that nobody can bring it back."), validators=[Required()])

    @classmethod
    def of(cls, versions: list[int], images: list[tuple[int, str]]) -> "BlackenForm":
        form = cls()
        form.what.choices = [
            ("passage", _("A passage, wherever it stands")),
            *((f"version-{number}", _("Version %(number)s", number=number)) for number in versions),
            *((f"image-{number}", _("Picture: %(alt)s", alt=alt or _("decorative"))) for number, alt in images),
        ]
        form.what.flags.required = True
        return form

    def validate_what(self, field: RadioField) -> None:
        if field.data not in [value for value, _label in field.choices]:
            raise ValidationError(_("Please choose what must go."))


class WordForm(Form):
    word = Line(
        _l("Word"), validators=[Required(), Limit(LONGEST_WORD)],
        description=_l("Case and umlauts play no part. An asterisk at the end takes in longer words: depp*"),
    )  # fmt: skip


class OnlyButton(Form):
    """A confirmation page: nothing to fill in, but the token."""
