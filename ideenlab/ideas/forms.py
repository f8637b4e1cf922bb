from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from ideenlab.comments.actions import LONGEST_COMMENT
from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.actions.ideas import LONGEST_TEXT, LONGEST_TITLE, SHORTEST_TEXT, SHORTEST_TITLE
from ideenlab.ideas.models import Idea
from ideenlab.programme.models import Topic


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
        if field.data not in dict(self.topic.choices):
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
        form.topic.choices = [("", _("No topic")), *((str(topic.id), topic.title) for topic in topics)]
        if publishing and request.method == "POST":
            agreed = Required(_("Please agree, so that the city may publish your idea."))
            form.agrees.validators = [*form.agrees.validators, agreed]
        return form

    def known_revision(self) -> int:
        """The revision the person saw when the page was opened; nonsense is nobody's revision."""
        typed = self.revision.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
