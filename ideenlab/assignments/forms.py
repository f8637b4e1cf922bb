from collections.abc import Sequence
from datetime import datetime

from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.accounts.models import PSEUDONYM_LENGTH
from ideenlab.assignments.actions import MOST_FRIENDS
from ideenlab.challenges.models import Challenge
from ideenlab.core.forms import CityTime, Form, Limit, Required, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l

RANKS = ("first", "second", "third")


class WishesForm(Form):
    first = SelectField(_l("First wish"), default="")
    second = SelectField(_l("Second wish"), default="")
    third = SelectField(_l("Third wish"), default="")
    friends = Text(
        _l("With whom would you like to work?"), [Limit(MOST_FRIENDS * (PSEUDONYM_LENGTH + 2))],
        description=_l(
            "Pseudonyms, one a line, five at most. It only counts when they wish for you too. "
            "Then the proposal says so; otherwise nobody learns of it."
        ),
    )  # fmt: skip
    offered: Sequence[Challenge] = ()

    def offer(self, challenges: Sequence[Challenge]) -> None:
        self.offered = challenges
        named = [SelectChoice(str(challenge.id), challenge.title) for challenge in challenges]
        for rank in RANKS:
            self[rank].choices = [SelectChoice("", _("no wish")), *named]

    def show(self, wished: Sequence[Challenge], friends: Sequence[str]) -> None:
        for rank, challenge in zip(RANKS, wished, strict=False):
            self[rank].data = str(challenge.id)
        self.friends.data = "\n".join(friends)

    def wished(self) -> list[Challenge]:
        """In the order of the ranks; a gap between them is closed."""
        known = {str(challenge.id): challenge for challenge in self.offered}
        return [known[self[rank].data] for rank in RANKS if self[rank].data]

    def pseudonyms(self) -> list[str]:
        return [line.strip() for line in (self.friends.data or "").splitlines() if line.strip()]

    def validate_second(self, field: SelectField) -> None:
        if field.data and field.data == self.first.data:
            raise ValidationError(_("You have chosen this challenge already."))

    def validate_third(self, field: SelectField) -> None:
        if field.data and field.data in (self.first.data, self.second.data):
            raise ValidationError(_("You have chosen this challenge already."))


class MoveForm(Form):
    place = RadioField(_l("Where to?"), [Required(_l("Please choose."))])
    seen = HiddenField()

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        self.place.choices = [SelectChoice(key, label) for key, label in places]

    def seen_table(self) -> int:
        text = str(self.seen.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class SendForm(Form):
    until = CityTime(_l("Answers until"), [Required()])

    def begin_with(self, moment: datetime) -> None:
        self.until.data = moment
