from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.comments.actions import LONGEST_COMMENT
from ideenlab.core.forms import (
    After,
    CityTime,
    Email,
    Form,
    Limit,
    Line,
    Required,
    Sometimes,
    Text,
    UnhurriedForm,
    Whole,
)
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.actions.calls import RULE_NAMES, SWITCH_NAMES
from ideenlab.ideas.actions.ideas import LONGEST_TEXT, LONGEST_TITLE, SHORTEST_TEXT, SHORTEST_TITLE
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.rules import ORIGINS_ON_SITE
from ideenlab.programme.models import Edition, Topic


class OnlyButton(Form):
    """A confirmation page: nothing to fill in, but the token."""


class CommentForm(Form):
    text = Text(_l("Your comment"), validators=[Required(), Limit(LONGEST_COMMENT)])
    parent = HiddenField()


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

    @classmethod
    def of(cls, topics: list[Topic], idea: Idea | None = None, *, publishing: bool) -> "IdeaForm":
        """Empty, or filled with an idea; the licence must be agreed to only when it is published now."""
        kept: dict[str, Any] = {}
        if idea is not None:
            kept = {
                "title": idea.title, "text": idea.text, "topic": str(idea.topic_id or ""),
                "revision": str(idea.revision),
            }  # fmt: skip
        form = cls(**kept)
        named = [SelectChoice(str(topic.id), topic.title) for topic in topics]
        form.topic.choices = [SelectChoice("", _("No topic")), *named]
        if publishing and request.method == "POST":
            agreed = Required(_("Please agree, so that the city may publish your idea."))
            form.agrees.validators = [*form.agrees.validators, agreed]
        return form

    def known_revision(self) -> int:
        return read_revision(self.revision.data)


MAIL = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
FOREIGN_MAIL = {"autocomplete": "off", "spellcheck": "false"}


class GuestIdeaForm(UnhurriedForm, IdeaForm):
    """An idea with an address instead of an account."""

    email = Email(
        _l("E-mail address"), [Required(_l("Please enter your e-mail address."))], render_kw=MAIL,
        description=_l(
            "Nobody sees your address. We send a link to it: your idea is published when you press the button there."
        ),
    )  # fmt: skip


class ConfirmIdeaForm(Form):
    """The button of the mail. Who is new says how old they are, and under 16 who is asked."""

    age_band = RadioField(
        _l("How old are you?"),
        choices=[
            SelectChoice("under_16", _l("Under 16")), SelectChoice("16_17", _l("16 or 17")),
            SelectChoice("adult", _l("18 or older")),
        ],
        validate_choice=False,
    )  # fmt: skip
    guardian_email = Email(
        _l("E-mail address of a parent or guardian"), render_kw=FOREIGN_MAIL,
        description=_l("Only if you are under 16. This person must agree before your idea is published."),
    )  # fmt: skip
    address = ""

    @classmethod
    def of(cls, address: str, *, asks_age: bool) -> "ConfirmIdeaForm":
        form = cls()
        form.address = address
        if not asks_age:
            del form.age_band, form.guardian_email
        return form

    def validate_age_band(self, field: RadioField) -> None:
        if field.data not in ("under_16", "16_17", "adult"):
            raise ValidationError(_("Please choose your age."))

    def validate_guardian_email(self, field: Email) -> None:
        if self.age_band.data != "under_16":
            return
        if not field.data:
            raise ValidationError(_("Under 16 we need the address of a parent or guardian."))
        if field.data == self.address:
            raise ValidationError(_("Please give another address than your own."))


class EnteredIdeaForm(IdeaForm):
    """An idea that a helper types in for somebody."""

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


class CallForm(Form):
    """Words, and a window of dates for each phase. Its fields are named like the columns."""

    edition = SelectField(_l("Edition"), validators=[Required()], validate_choice=False)
    title = Line(_l("Title"), validators=[Required(), Limit(120)])
    summary = Line(
        _l("In one or two sentences"), validators=[Limit(300)], description=_l("Stands on the start page and in lists.")
    )  # fmt: skip
    description = Text(_l("Description"), validators=[Limit(20_000)])
    collect_from = CityTime(_l("from"))
    collect_until = CityTime(_l("until"), validators=[After("collect_from")])
    discuss_from = CityTime(_l("from"))
    discuss_until = CityTime(_l("until"), validators=[After("discuss_from")])
    support_from = CityTime(_l("from"))
    support_until = CityTime(_l("until"), validators=[After("support_from")])
    results_from = CityTime(_l("from"))
    results_until = CityTime(_l("until"), validators=[After("results_from")])
    answer_until = CityTime(
        _l("The city answers until"), description=_l("Shown with each idea. Organisers see what is late.")
    )
    support_mode = RadioField(
        _l("How people support"), default="yes", validators=[Sometimes()], validate_choice=False,
        description=_l("Can be changed until the first support."),
    )  # fmt: skip
    points_each = Whole(
        _l("Points that each person can spread"), default=5, validators=[Sometimes()],
        description=_l("Only with points. From 1 to 100."),
    )  # fmt: skip
    points_most = Whole(
        _l("At most so many of them on one idea"), default=3, validators=[Sometimes()],
        description=_l("Only with points."),
    )  # fmt: skip
    takes_guests = BooleanField(
        _l("Without an account"), default=True,
        description=_l("Ideas and support with an address only. They count once the link in the mail is opened."),
    )  # fmt: skip
    takes_images = BooleanField(
        _l("Pictures"), default=True, description=_l("Up to five with an idea, each with a description.")
    )  # fmt: skip
    takes_co_authors = BooleanField(
        _l("Co-authors"), default=True, description=_l("Others are named with an idea once they have agreed.")
    )  # fmt: skip
    takes_comment_votes = BooleanField(
        _l("Votes on comments"), default=True,
        description=_l("People say whether a comment helps. The best for and against stand on top."),
    )  # fmt: skip
    takes_mentions = BooleanField(
        _l("Mentions"), default=True,
        description=_l("With @ and a pseudonym somebody in the discussion is told about a comment."),
    )  # fmt: skip
    is_premoderated = BooleanField(
        _l("Look at everything before it is published"),
        description=_l("Ideas and comments wait until the moderation releases them."),
    )  # fmt: skip
    revision = HiddenField()

    @classmethod
    def of(cls, editions: Sequence[Edition], call: Call | None = None) -> "CallForm":
        """Empty, or filled with a call."""
        form = cls(obj=call, edition=str(editions[0].id))
        form.edition.choices = [(str(edition.id), edition.title) for edition in editions]
        form.support_mode.choices = [
            ("yes", _("Yes: each person can support each idea once")),
            ("for_against", _("For, against or not sure: each person has one vote on each idea")),
            ("points", _("Points: each person spreads a number of points over the ideas")),
        ]
        return form

    def settings(self) -> dict[str, Any]:
        """What can be switched, by column. The rule of support that was not asked for stays as it is."""
        chosen = {name: self[name].data for name in (*SWITCH_NAMES, "answer_until")}
        rule = {name: self[name].data for name in RULE_NAMES if self[name].raw_data}
        return {**chosen, **{name: value for name, value in rule.items() if value is not None}}

    def validate_edition(self, field: SelectField) -> None:
        if field.data not in dict(self.edition.choices):
            raise ValidationError(_("Please choose one of the editions."))

    def validate_support_mode(self, field: RadioField) -> None:
        if field.data not in dict(self.support_mode.choices):
            raise ValidationError(_("Please choose one of these ways."))

    def validate_points_each(self, field: Whole) -> None:
        if self.support_mode.data == "points" and field.raw_data and field.data is None and not field.process_errors:
            raise ValidationError(_("Please fill in this field."))

    validate_points_most = validate_points_each

    def known_revision(self) -> int:
        return read_revision(self.revision.data)


def read_revision(typed: object) -> int:
    """The revision the person saw when the page was opened; nonsense is nobody's revision."""
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
