"""What members write about their team and themselves in it."""

from dataclasses import dataclass

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, fold
from ideenlab.core.verdict import require
from ideenlab.core.weblinks import clean_link, may_link
from ideenlab.history.actions import record
from ideenlab.teams.actions.places import lock_team
from ideenlab.teams.models import Team, TeamLink
from ideenlab.teams.queries import get_membership
from ideenlab.teams.rules import (
    may_add_link,
    may_edit_team,
    may_hide_team_text,
    may_keep_links,
    may_restore_team_text,
    may_show_name,
)


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
    if team.about_hidden_at and given.about:
        if fold(given.about) == fold(team.hidden_about):
            raise Invalid(_("The moderation has hidden this text. Please write something else."), field="about")
        team.about_hidden_at, team.hidden_about = None, ""
    team.about, team.challenge, team.revision = given.about, given.challenge, team.revision + 1
    record(person, "teams.edited", team)
    db.session.flush()


def hide_team_text(moderator: Person, *, team: Team) -> None:
    """What a team says about itself is out of sight until it writes something else."""
    lock_team(team)
    require(may_hide_team_text(moderator, team))
    team.hidden_about, team.about, team.about_hidden_at = team.about, "", now()
    team.revision += 1
    record(moderator, "teams.text_hidden", team)
    db.session.flush()


def restore_team_text(moderator: Person, *, team: Team) -> None:
    lock_team(team)
    require(may_restore_team_text(moderator, team))
    team.about, team.hidden_about, team.about_hidden_at = team.hidden_about, "", None
    team.revision += 1
    record(moderator, "teams.text_restored", team)
    db.session.flush()


def describe_myself(person: Person, *, team: Team, role: str, shown_name: str) -> None:
    """What one does in the team, and whether one is named there with a name instead of the pseudonym.

    Raises Invalid at `shown_name` for people under 18.
    """
    require(may_edit_team(person, team, now()))
    role, shown_name = clean_line(role), clean_line(shown_name)
    if shown_name and not (verdict := may_show_name(person)):
        raise Invalid(verdict.reason, field="shown_name")
    membership = get_membership(person, team)
    membership.role, membership.shown_name = role, shown_name
    record(person, "teams.described_themselves", team)
    db.session.flush()


def add_link(person: Person, *, team: Team, title: str, url: str) -> TeamLink:
    """Keep an address for the team. It is shown, never fetched."""
    lock_team(team)
    require(may_keep_links(person, team, now()))
    for verdict in (may_add_link(person, team, now()), may_link(url)):
        if not verdict:
            raise Invalid(verdict.reason, field="url")
    link = TeamLink(team=team, title=clean_line(title), url=clean_link(url), added_by_id=person.id)
    db.session.add(link)
    record(person, "teams.link_added", team)
    db.session.flush()
    return link


def remove_link(person: Person, *, link: TeamLink) -> None:
    require(may_keep_links(person, link.team, now()))
    record(person, "teams.link_removed", link.team)
    db.session.delete(link)
    db.session.flush()
