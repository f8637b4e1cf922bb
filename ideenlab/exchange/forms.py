from wtforms import RadioField

from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.exchange.actions.sources import LONGEST_TITLE, LONGEST_URL
from ideenlab.ideas.actions.ideas import LONGEST_TEXT
from ideenlab.ideas.actions.ideas import LONGEST_TITLE as LONGEST_IDEA_TITLE


class SourceForm(Form):
    title = Line(_l("Name of the city"), validators=[Required(), Limit(LONGEST_TITLE)])
    base_url = Line(
        _l("Address of its Ideenlab"), validators=[Required(), Limit(LONGEST_URL)],
        description=_l("For example https://ideen.example.org"),
    )  # fmt: skip


class ForeignSearchForm(Form):
    class Meta(Form.Meta):
        csrf = False

    q = Line(_l("Search"), validators=[Limit(200)])


class TakeOverForm(Form):
    """The words can be made to fit before they are shown here."""

    call = RadioField(_l("Into which call"), validators=[Required()])
    title = Line(_l("Title"), validators=[Required(), Limit(LONGEST_IDEA_TITLE, 5)])
    text = Text(_l("Text"), validators=[Required(), Limit(LONGEST_TEXT, 10)])


class OnlyButton(Form):
    """A confirmation page: nothing to fill in, but the token."""
