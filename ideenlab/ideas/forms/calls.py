from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from ideenlab.core.forms import After, CityTime, Form, Limit, Line, Required, Sometimes, Text, Whole
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.actions.calls import RULE_NAMES, SWITCH_NAMES
from ideenlab.ideas.forms.ideas import read_revision
from ideenlab.ideas.models import Call
from ideenlab.programme.models import Edition


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
    shows_opinion_map = BooleanField(
        _l("Opinion map"),
        description=_l(
            "Only with for and against. It shows groups of at least ten people who vote alike, and nobody alone."
        ),
    )
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
