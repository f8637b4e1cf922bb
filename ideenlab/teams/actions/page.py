"""What members write about their team and themselves in it."""

from dataclasses import dataclass

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_text
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.teams.actions.places import lock_team
from ideenlab.teams.models import Team
from ideenlab.teams.rules import may_edit_team


@dataclass(frozen=True)
class TeamText:
    about: str
    challenge: Challenge | None

    def shown(self) -> dict[str, str]:
        title = self.challenge.title if self.challenge else _("none yet")
        return {_("About the team"): self.about, _("Challenge"): title}


def edit_team(person: Person, *, team: Team, text: TeamText, revision: int) -> None:
    """Keep what members say about their team. Raises Conflict with both texts when `revision` is not the latest."""
    lock_team(team)
    require(may_edit_team(person, team, now()))
    stored, given = TeamText(team.about, team.challenge), TeamText(clean_text(text.about), text.challenge)
    if given == stored:
        return
    if team.revision != revision:
        raise Conflict(
            _("Somebody of your team changed this page while you were writing. Nothing of yours was saved yet."),
            mine=list(given.shown().items()), stored=list(stored.shown().items()),
        )  # fmt: skip
    team.about, team.challenge, team.revision = given.about, given.challenge, team.revision + 1
    record(person, "teams.edited", team)
    db.session.flush()
