import secrets

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.notifications.actions import rename_in_notices
from ideenlab.teams.models import Team
from ideenlab.teams.queries import find_team_by_name
from ideenlab.teams.rules import may_change_team, may_hide_team_name, may_rename_team, may_restore_team_name

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like another sign
CODE_LENGTH = 8


def rename_team(person: Person, *, team: Team, name: str) -> None:
    require(may_rename_team(person, team, now()))
    before, name = team.name, free_name(team.hackathon, name, but=team)
    if team.hidden_at is not None and fold(name) == fold(team.hidden_name):
        raise Invalid(_("The moderation has hidden this name. Please choose another name."), field="name")
    team.hidden_at, team.hidden_name = None, ""
    _call_it(team, name)
    record(person, "teams.renamed", team, note=f"{before} → {name}")
    db.session.flush()


def hide_team_name(moderator: Person, *, team: Team) -> None:
    """A name that breaks the rules goes; a neutral one stands everywhere instead until the team chooses another."""
    require(may_hide_team_name(moderator, team))
    name, number = f"Team {team.id}", 1
    while find_team_by_name(team.hackathon, name) not in (None, team):
        number += 1
        name = f"Team {team.id}-{number}"
    before = team.name
    team.hidden_at, team.hidden_name = now(), before
    _call_it(team, name)
    rename_in_notices(team, before=before, after=name)
    record(moderator, "teams.name_hidden", team)
    db.session.flush()


def restore_team_name(moderator: Person, *, team: Team) -> None:
    """Raises Invalid when another team has taken the name meanwhile."""
    require(may_restore_team_name(moderator, team))
    name = free_name(team.hackathon, team.hidden_name, but=team)
    team.hidden_at, team.hidden_name = None, ""
    _call_it(team, name)
    record(moderator, "teams.name_restored", team)
    db.session.flush()


def renew_code(person: Person, *, team: Team) -> None:
    """From now on the old code, and every link with it, leads nowhere."""
    require(may_change_team(person, team, now()))
    team.code = new_team_code()
    record(person, "teams.code_renewed", team)
    db.session.flush()


def new_team_code() -> str:
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))


def free_name(hackathon: Hackathon, name: str, *, but: Team | None = None) -> str:
    name = clean_line(name)
    if not fold(name).strip():
        raise Invalid(_("Please give your team a name with letters or digits."), field="name")
    other = find_team_by_name(hackathon, name)
    if other and other is not but:
        raise Invalid(
            _("There is a team “%(name)s” already. Please choose another name.", name=other.name), field="name"
        )
    return name


def _call_it(team: Team, name: str) -> None:
    team.name, team.name_folded = name, fold(name)
    flush_or_conflict()


def flush_or_conflict() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("Another team has just taken this name. Please choose another name.")) from error
