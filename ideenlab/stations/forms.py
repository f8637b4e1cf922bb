from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.core.forms import CityTime, Email, Form, Limit, Line, Required, Text, Whole
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.actions.ideas import LONGEST_TEXT, LONGEST_TITLE, SHORTEST_TEXT, SHORTEST_TITLE
from ideenlab.ideas.rules import ORIGINS_ON_SITE
from ideenlab.programme.models import Topic
from ideenlab.stations.actions.stations import LONGEST_NAME
from ideenlab.stations.models import Card

SILENT = {"autocomplete": "off", "spellcheck": "false"}


class OnlyButton(Form):
    """A confirmation: nothing to fill in, but the token."""


class StationForm(Form):
    name = Line(
        _l("Name of the station"), [Required(), Limit(LONGEST_NAME)], description=_l("As people find it in the hall.")
    )
    active_until = CityTime(
        _l("Open until"), [Required()], description=_l("After that nothing can be given at its kiosk.")
    )


class HelperForm(Form):
    pseudonym = Line(_l("Pseudonym of the helper"), [Required(), Limit(60)], render_kw=SILENT)


class PinForm(Form):
    pin = Line(
        _l("PIN"), [Required(_l("Please enter the PIN.")), Limit(12)],
        render_kw={"autocomplete": "off", "inputmode": "numeric"}, description=_l("6 digits, from the organisers."),
    )  # fmt: skip


class _TopicForm(Form):
    topic = SelectField(_l("Topic"), validate_choice=False)

    @classmethod
    def of(cls, topics: list[Topic], **kept: Any) -> Any:
        form: Any = cls(**kept)
        form.topic.choices = [
            SelectChoice("", _("No topic")),
            *(SelectChoice(str(one.id), one.title) for one in topics),
        ]
        return form

    def validate_topic(self, field: SelectField) -> None:
        if (field.data or "") not in [choice.value for choice in self.topic.choices]:
            raise ValidationError(_("Please choose one of the topics."))


class KioskIdeaForm(_TopicForm):
    title = Line(
        _l("Title"), [Required(), Limit(LONGEST_TITLE, SHORTEST_TITLE)], render_kw=SILENT,
        description=_l("One sentence that says what it is about."),
    )  # fmt: skip
    text = Text(
        _l("Your idea"), [Required(), Limit(LONGEST_TEXT, SHORTEST_TEXT)], render_kw={"autocomplete": "off"},
        description=_l("What should change, for whom, and why? Please write no names and no addresses."),
    )  # fmt: skip
    agrees = BooleanField(
        _l("I wrote this myself. The city may publish it without a name, under the licence CC BY 4.0."),
        [Required(_l("Please agree, so that the city may publish your idea."))],
    )


class CardForm(_TopicForm):
    """What stands on a card of paper."""

    origin = RadioField(
        _l("How did the idea come?"),
        choices=[
            SelectChoice("workshop", _l("Workshop")), SelectChoice("postcard", _l("Postcard")),
            SelectChoice("telephone", _l("Telephone")),
        ],
        validators=[Required(_l("Please choose how the idea came."))], default="workshop", validate_choice=False,
    )  # fmt: skip
    code = Line(
        _l("Code of the card"), [Limit(30)], render_kw=SILENT,
        description=_l("12 letters and digits, printed on our cards."),
    )  # fmt: skip
    title = Line(_l("Title"), [Required(), Limit(LONGEST_TITLE, SHORTEST_TITLE)], render_kw=SILENT)
    text = Text(_l("Text of the card"), [Required(), Limit(LONGEST_TEXT, SHORTEST_TEXT)])
    email = Email(
        _l("E-mail address of the person"), render_kw=SILENT,
        description=_l("Only if it stands on the card. The person gets a mail and can take the idea over."),
    )  # fmt: skip

    def validate_origin(self, field: RadioField) -> None:
        if field.data not in ORIGINS_ON_SITE:
            raise ValidationError(_("Please choose how the idea came."))


class CheckForm(_TopicForm):
    title = Line(_l("Title"), [Required(), Limit(LONGEST_TITLE, SHORTEST_TITLE)], render_kw=SILENT)
    text = Text(_l("Text of the card"), [Required(), Limit(LONGEST_TEXT, SHORTEST_TEXT)])
    agrees = BooleanField(
        _l("On the card it is ticked that the city may publish the idea."),
        [Required(_l("Without this tick the card cannot be published."))],
    )
    alone = BooleanField(_l("Nobody else is there: I check what I typed in myself. This is noted."))

    @classmethod
    def of_card(cls, topics: list[Topic], card: Card) -> "CheckForm":
        form: CheckForm = cls.of(topics, title=card.title, text=card.text, topic=str(card.topic_id or ""))
        return form


class DotsForm(Form):
    idea = Whole(_l("Number of the idea"), [Required()], description=_l("It stands on the sheet, beside the QR code."))
    dots = Whole(
        _l("Dots on the sheet"), [Required()], description=_l("All dots, also those of an earlier count.")
    )  # fmt: skip


class CheckDotsForm(Form):
    dots = Whole(_l("Your own count"), [Required()])
    alone = BooleanField(_l("Nobody else is there: I check what I typed in myself. This is noted."))
