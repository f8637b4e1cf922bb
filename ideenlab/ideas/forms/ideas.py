from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.city.models import District
from ideenlab.city.queries import CityMap, city_map, districts
from ideenlab.comments.actions import LONGEST_COMMENT
from ideenlab.comments.models import STANCES
from ideenlab.core.ages import FOREIGN_MAIL, AsksAge, guardian_address
from ideenlab.core.forms import (
    Email,
    Form,
    Limit,
    Line,
    Required,
    Sometimes,
    Text,
    UnhurriedForm,
    read_pin,
)
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.actions.ideas import LONGEST_TEXT, LONGEST_TITLE, SHORTEST_TEXT, SHORTEST_TITLE
from ideenlab.ideas.actions.places import LONGEST_PLACE, Whereabouts
from ideenlab.ideas.models import Idea
from ideenlab.ideas.rules import ORIGINS_ON_SITE
from ideenlab.programme.models import Topic


class OnlyButton(Form):
    """A confirmation page: nothing to fill in, but the token."""


class CommentForm(Form):
    text = Text(_l("Your comment"), validators=[Required(), Limit(LONGEST_COMMENT)])
    stance = RadioField(
        _l("Your comment speaks"), default="neutral", validators=[Sometimes()], validate_choice=False,
        choices=[
            SelectChoice("pro", _l("for the idea")), SelectChoice("contra", _l("against the idea")),
            SelectChoice("neutral", _l("neither")),
        ],
    )  # fmt: skip
    parent = HiddenField()

    def validate_stance(self, field: RadioField) -> None:
        if field.data not in STANCES:
            raise ValidationError(_("Please choose one of these."))


class EditedCommentForm(CommentForm):
    revision = HiddenField()

    def known_revision(self) -> int:
        return read_revision(self.revision.data)


class IdeaForm(Form):
    title = Line(
        _l("Title"), validators=[Required(), Limit(LONGEST_TITLE, SHORTEST_TITLE)],
        description=_l("One sentence that says what it is about."),
    )  # fmt: skip
    text = Text(
        _l("Your idea"), validators=[Required(), Limit(LONGEST_TEXT, SHORTEST_TEXT)],
        description=_l("What should change, for whom, and why? You can use **bold**, *italic*, lists and links."),
    )  # fmt: skip
    topic = SelectField(_l("Topic"), validate_choice=False)
    district = SelectField(_l("District"), validate_choice=False)
    place = Line(
        _l("Place"), validators=[Limit(LONGEST_PLACE)],
        description=_l("The address, or in words: “in front of the library”."),
    )  # fmt: skip
    latitude = HiddenField()
    longitude = HiddenField()
    parts: list[District]  # that can be chosen
    agrees = BooleanField(
        _l(
            "I wrote this myself. The city may publish it under the licence CC BY 4.0: "
            "everybody may use it if they name my pseudonym."
        )
    )
    revision = HiddenField()

    def validate_topic(self, field: SelectField) -> None:
        if field.data not in [choice.value for choice in self.topic.choices]:
            raise ValidationError(_("Please choose one of the topics."))

    def validate_district(self, field: SelectField) -> None:
        if (field.data or "") not in [choice.value for choice in self.district.choices]:
            raise ValidationError(_("Please choose one of the districts."))

    @classmethod
    def of(cls, topics: list[Topic], idea: Idea | None = None, *, publishing: bool) -> "IdeaForm":
        """Empty, or filled with an idea; the licence must be agreed to only when it is published now."""
        kept: dict[str, Any] = {}
        if idea is not None:
            kept = {
                "title": idea.title, "text": idea.text, "topic": str(idea.topic_id or ""),
                "revision": str(idea.revision), "district": str(idea.district_id or ""), "place": idea.place,
                "latitude": _shown(idea.latitude), "longitude": _shown(idea.longitude),
            }  # fmt: skip
        form = cls(**kept)
        form.parts = districts()
        form.district.choices = [SelectChoice("", _("No district")), *_named(form.parts)]
        form.topic.choices = [SelectChoice("", _("No topic")), *_named(topics)]
        if publishing and request.method == "POST":
            agreed = Required(_("Please agree, so that the city may publish your idea."))
            form.agrees.validators = [*form.agrees.validators, agreed]
        return form

    def known_revision(self) -> int:
        return read_revision(self.revision.data)

    def map(self) -> CityMap | None:
        """To put a mark on."""
        return city_map(self.parts)

    def whereabouts(self) -> Whereabouts:
        chosen = next((district for district in self.parts if str(district.id) == self.district.data), None)
        pin = read_pin(self.latitude.data), read_pin(self.longitude.data)
        return Whereabouts(chosen, self.place.data or "", *(pin if None not in pin else (None, None)))


MAIL = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}


class GuestIdeaForm(UnhurriedForm, IdeaForm):
    """An idea with an address instead of an account."""

    email = Email(
        _l("E-mail address"), [Required(_l("Please enter your e-mail address."))], render_kw=MAIL,
        description=_l(
            "Nobody sees your address. We send a link to it: your idea is published when you press the button there."
        ),
    )  # fmt: skip


class ConfirmIdeaForm(AsksAge):
    """The button of the mail. Who is new says how old they are, and under 16 who is asked."""

    guardian_email = guardian_address(
        _l("Only if you are under 16. This person must agree before your idea is published.")
    )
    address = ""

    @classmethod
    def of(cls, address: str, *, asks_age: bool) -> "ConfirmIdeaForm":
        form = cls()
        form.address = address
        if not asks_age:
            del form.age_band, form.guardian_email
        return form

    def own_address(self) -> str:
        return self.address


class EnteredIdeaForm(IdeaForm):
    """An idea that a helper types in for somebody."""

    text = Text(
        _l("The idea, in the words of the person"), validators=[Required(), Limit(LONGEST_TEXT, SHORTEST_TEXT)],
        description=_l("What should change, for whom, and why?"),
    )  # fmt: skip
    origin = RadioField(
        _l("How did the idea come?"),
        choices=[
            SelectChoice("workshop", _l("Workshop")), SelectChoice("postcard", _l("Postcard")),
            SelectChoice("telephone", _l("Telephone")),
        ],
        validators=[Required(_l("Please choose how the idea came."))], validate_choice=False,
    )  # fmt: skip
    email = Email(
        _l("E-mail address of the person"), render_kw=FOREIGN_MAIL,
        description=_l(
            "With an address the person is told by mail and can take the idea over. "
            "Without one you get a code to hand over."
        ),
    )  # fmt: skip
    agrees = BooleanField(
        _l("The person agrees that the city publishes the idea under the licence CC BY 4.0, without a name.")
    )

    def validate_origin(self, field: RadioField) -> None:
        if field.data not in ORIGINS_ON_SITE:
            raise ValidationError(_("Please choose how the idea came."))


class IdeaCodeForm(Form):
    code = Line(
        _l("Code"), [Required(_l("Please enter the code."))],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
        description=_l("It stands on your card or slip: 12 letters and digits."),
    )  # fmt: skip


def _named(things: Sequence[Topic] | Sequence[District]) -> list[SelectChoice]:
    return [SelectChoice(str(thing.id), thing.title) for thing in things]


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def read_revision(typed: object) -> int:
    """The revision the person saw when the page was opened; nonsense is nobody's revision."""
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
