from wtforms import HiddenField, MultipleFileField

from ideenlab.challenges.actions import Brief
from ideenlab.core.forms import Form, Limit, Line, Required, Sometimes, Text
from ideenlab.core.i18n import lazy_gettext as _l

FIELDS = ("title", "summary", "description", "data_sources", "partner", "contact", "prize")


class ChallengeForm(Form):
    title = Line(_l("Title"), [Required(), Limit(120)])
    summary = Line(_l("In one or two sentences"), [Limit(300)])
    description = Text(_l("What it is about"), [Limit(20_000)])
    data_sources = Text(
        _l("Data and sources"), [Limit(10_000)], description=_l("Where teams find data, interfaces, maps, numbers.")
    )
    partner = Line(_l("Who gives it"), [Limit(120)], description=_l("An organisation or an office of the city."))
    contact = Line(
        _l("Whom to ask"), [Limit(200)], description=_l("Only shown to people who are registered for the hackathon.")
    )
    prize = Line(_l("Prize"), [Limit(200)])
    idea = HiddenField()
    revision = HiddenField()

    def brief(self) -> Brief:
        return Brief(**{name: self[name].data or "" for name in FIELDS})

    def seen_revision(self) -> int:
        text = str(self.revision.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class MaterialForm(Form):
    files = MultipleFileField(_l("Files"), [Sometimes()])
