from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from ideenlab.core.forms import Form, Limit, Line, Required, Sometimes, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.hackathons.actions import Asked
from ideenlab.hackathons.models import CONSENTS, Question

KINDS = (("text", _l("A text")), ("choice", _l("One of several choices")), ("yes_no", _l("Yes or no")))


class QuestionForm(Form):
    text = Line(_l("Question"), [Required(), Limit(200)])
    kind = RadioField(
        _l("How is it answered?"), [Required()], choices=[SelectChoice(value, label) for value, label in KINDS],
        default="text",
    )  # fmt: skip
    choices = Text(_l("Choices"), [Sometimes(), Limit(4000)], description=_l("One a line. Only for several choices."))
    hint = Line(_l("A hint below the question"), [Limit(300)])
    is_required = BooleanField(_l("Everybody must answer"))

    def asked(self) -> Asked:
        return Asked(self.text.data, self.kind.data, self.hint.data, self.choices.data, self.is_required.data)

    @classmethod
    def about(cls, question: Question) -> Any:
        return cls(obj=question)


class ReasonForm(Form):
    reason = Text(_l("Reason"), [Required(), Limit(500)], description=_l("The person reads it, in the mail and here."))


class PaperForm(Form):
    """What is on paper. The boxes are named like the consents."""

    conduct = BooleanField(_l("Code of conduct"))
    house_rules = BooleanField(_l("House rules"))
    guardian = BooleanField(_l("Parents or guardians agree"))
    photo_website = BooleanField(_l("Photos on the website of the city"))
    photo_press = BooleanField(_l("Photos for the press"))
    photo_social = BooleanField(_l("Photos in the social media of the city"))

    def kinds(self) -> list[str]:
        return [kind for kind in CONSENTS if self[kind].data]
