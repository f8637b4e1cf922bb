from collections.abc import Sequence

from wtforms import HiddenField, MultipleFileField, SelectField
from wtforms.validators import ValidationError

from ideenlab.challenges.actions import Brief
from ideenlab.core.forms import Form, Limit, Line, Required, Sometimes, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.partners.models import Partner

FIELDS = ("title", "summary", "description", "data_sources", "partner", "contact", "prize")


class ChallengeForm(Form):
    title = Line(_l("Title"), [Required(), Limit(120)])
    summary = Line(_l("In one or two sentences"), [Limit(300)])
    description = Text(_l("What it is about"), [Limit(20_000)])
    data_sources = Text(
        _l("Data and sources"), [Limit(10_000)], description=_l("Where teams find data, interfaces, maps, numbers.")
    )
    giver = SelectField(
        _l("Partner who gives it"), validate_choice=False,
        description=_l("Its page is linked, and shows this challenge."),
    )  # fmt: skip
    partner = Line(_l("Who gives it"), [Limit(120)], description=_l("An organisation or an office of the city."))
    contact = Line(
        _l("Whom to ask"), [Limit(200)], description=_l("Only shown to people who are registered for the hackathon.")
    )
    prize = Line(_l("Prize"), [Limit(200)])
    idea = HiddenField()
    revision = HiddenField()

    def offer(self, partners: Sequence[Partner]) -> None:
        """Let organisers choose one of these."""
        self.partners = {partner.slug: partner for partner in partners}
        self.giver.choices = [("", _("None of the partners")), *((p.slug, p.title) for p in partners)]

    def validate_giver(self, field: SelectField) -> None:
        if field.data and field.data not in self.partners:
            raise ValidationError(_("There is no such partner. Please choose one of the list."))

    def brief(self) -> Brief:
        words = {name: self[name].data or "" for name in FIELDS}
        return Brief(**words, given_by=self.partners.get(self.giver.data or ""))

    def seen_revision(self) -> int:
        text = str(self.revision.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class MaterialForm(Form):
    files = MultipleFileField(_l("Files"), [Sometimes()])
