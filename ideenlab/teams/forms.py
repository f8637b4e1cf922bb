import re
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from ideenlab.accounts.models import PSEUDONYM_LENGTH, Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.forms import Email, Form, Limit, Line, Required, Sometimes, Text, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.teams.actions import LONGEST_REASON, SHORTEST_REASON
from ideenlab.teams.models import Approach, BoardNotice, Membership, Team, TeamLink


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


class MyselfForm(Form):
    role = Line(
        _l("What I do in the team"), [Limit(Membership.role.type.length)],
        description=_l("For example: drawing, programming, presenting. Only the team and organisers see it."),
    )  # fmt: skip
    shown_name = Line(
        _l("My name as it is shown"), [Limit(Membership.shown_name.type.length)],
        description=_l("Stands in public with what your team hands in, instead of your pseudonym."),
    )  # fmt: skip


class LinkForm(Form):
    title = Line(
        _l("Title"), [Required(), Limit(TeamLink.title.type.length)], description=_l("For example: chat, task list."),
    )  # fmt: skip
    url = Line(
        _l("Address"), [Required(), Limit(TeamLink.url.type.length)], description=_l("Begins with https://."),
    )  # fmt: skip


class AskForm(Form):
    sentence = Text(
        _l("Why would you like to join?"), [Required(), Limit(Approach.sentence.type.length)],
        description=_l("One or two sentences. Only the members of the team read them."),
    )  # fmt: skip
    role = Line(
        _l("What would you like to do in the team?"), [Limit(Approach.role.type.length)],
        description=_l("For example: drawing, programming, presenting."),
    )  # fmt: skip


class InvitationForm(Form):
    """Whom to invite: somebody by pseudonym, or anybody by address. Exactly one of the two."""

    pseudonym = Line(
        _l("Pseudonym"), [Sometimes(), Limit(PSEUDONYM_LENGTH)], description=_l("As it stands on the board.")
    )
    email = Email(
        _l("Or an e-mail address"),
        [Sometimes()],
        description=_l("We send a link that works once, for 7 days. We do not tell you whether there is an account."),
    )
    sentence = Text(
        _l("A sentence to go with it"), [Limit(Approach.sentence.type.length)],
        description=_l("It stands on the page of the invitation."),
    )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if fine and bool(self.pseudonym.data) == bool(self.email.data):
            refuse(self, "pseudonym", _("Please give either a pseudonym or an address."))
            return False
        return fine


class NoticeForm(ChoosingChallenge):
    text = Text(
        _l("What you look for"), [Required(), Limit(BoardNotice.text.type.length)],
        description=_l("For example: what you want to build, who is missing, when you have time."),
    )  # fmt: skip
    skills = Line(
        _l("Skills"), [Limit(BoardNotice.skills.type.length)],
        description=_l("What you can do, or what your team needs. With commas between them."),
    )  # fmt: skip
    revision = HiddenField()

    def seen_revision(self) -> int:
        return read_revision(self.revision.data)


def read_revision(typed: object) -> int:
    """The revision a form was made from; nonsense is one that never was."""
    text = str(typed or "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
