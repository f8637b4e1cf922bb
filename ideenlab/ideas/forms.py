from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.comments.actions import LONGEST_COMMENT
from ideenlab.core.forms import After, CityTime, Form, Limit, Line, Required, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.actions.ideas import LONGEST_TEXT, LONGEST_TITLE, SHORTEST_TEXT, SHORTEST_TITLE
from ideenlab.ideas.models import Call, Idea
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
    revision = HiddenField()

    @classmethod
    def of(cls, editions: Sequence[Edition], call: Call | None = None) -> "CallForm":
        """Empty, or filled with a call."""
        form = cls(obj=call, edition=str(editions[0].id))
        form.edition.choices = [(str(edition.id), edition.title) for edition in editions]
        return form

    def validate_edition(self, field: SelectField) -> None:
        if field.data not in dict(self.edition.choices):
            raise ValidationError(_("Please choose one of the editions."))

    def known_revision(self) -> int:
        return read_revision(self.revision.data)


def read_revision(typed: object) -> int:
    """The revision the person saw when the page was opened; nonsense is nobody's revision."""
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
