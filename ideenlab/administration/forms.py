from typing import Any

from wtforms import SelectField

from ideenlab.administration.rules import in_words
from ideenlab.core.forms import Day, Form, Limit, Line, Whole
from ideenlab.core.i18n import lazy_gettext as _l


class LogForm(Form):
    """Read from the address of the page."""

    class Meta(Form.Meta):
        csrf = False

    who = Line(_l("Who"), [Limit(60)], description=_l("Pseudonym or number of a person; 0 for the clock and commands."))
    deed = SelectField(_l("Deed"), validate_choice=False)
    thing = SelectField(_l("Thing"), validate_choice=False)
    number = Whole(_l("Number of the thing"))
    begins_on = Day(_l("From day"))
    ends_on = Day(_l("Until day"))

    def __init__(self, *args: Any, deeds: list[str], things: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deed.choices = [("", "–"), *((name, in_words(name)) for name in deeds)]
        self.thing.choices = [("", "–"), *((name, name) for name in things)]
