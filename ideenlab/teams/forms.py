import re
from collections.abc import Sequence

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.teams.actions import LONGEST_REASON, SHORTEST_REASON
from ideenlab.teams.models import Team


class NameForm(Form):
    name = Line(
        _l("Name of the team"), [Required(), Limit(60)], description=_l("Everybody can see this name."),
    )  # fmt: skip


class CodeForm(Form):
    code = Line(
        _l("Code of the team"), [Required(), Limit(40)],
        description=_l("Eight letters and digits. Members of the team see the code on the page of their team."),
    )  # fmt: skip


class ReasonForm(Form):
    reason = Text(
        _l("Reason"), [Required(), Limit(LONGEST_REASON, SHORTEST_REASON)],
        description=_l("The person you take out reads it in a mail. The others do not."),
    )  # fmt: skip


class HandOverForm(Form):
    member = SelectField(_l("Who leads the team from now on?"), [Required()])

    def offer(self, members: Sequence[Person]) -> None:
        named = [SelectChoice(str(member.id), member.pseudonym) for member in members]
        self.member.choices = [SelectChoice("", _("Please choose")), *named]


class ChoosingChallenge(Form):
    """A form that lets people choose one of the challenges there are, or none."""

    challenge = SelectField(_l("Challenge"))
    offered: Sequence[Challenge] = ()

    def offer(self, challenges: Sequence[Challenge], *, chosen: Challenge | None = None) -> None:
        """One that was chosen before stays possible, also when organisers have withdrawn it meanwhile."""
        self.offered = [*challenges, *([chosen] if chosen and chosen not in challenges else [])]
        named = [SelectChoice(str(challenge.id), challenge.title) for challenge in self.offered]
        self.challenge.choices = [SelectChoice("", _("none yet")), *named]
        if not self.challenge.raw_data:
            self.challenge.data = str(chosen.id) if chosen else ""

    def chosen(self) -> Challenge | None:
        return next((challenge for challenge in self.offered if str(challenge.id) == self.challenge.data), None)


class TeamForm(ChoosingChallenge):
    about = Text(
        _l("About the team"), [Limit(Team.about.type.length)],
        description=_l("What you want to build and how you work. Everybody can read it."),
    )  # fmt: skip
    revision = HiddenField()

    def seen_revision(self) -> int:
        return read_revision(self.revision.data)


def read_revision(typed: object) -> int:
    """The revision a form was made from; nonsense is one that never was."""
    text = str(typed or "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
