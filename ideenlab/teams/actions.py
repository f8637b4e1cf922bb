import secrets

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.history.actions import record
from ideenlab.notifications.actions import rename_in_notices, tell
from ideenlab.teams.models import Membership, Team
from ideenlab.teams.queries import find_team_by_code, find_team_by_name, members_of
from ideenlab.teams.rules import (
    may_change_team,
    may_found_team,
    may_hide_team_name,
    may_join_team,
    may_leave_team,
    may_rename_team,
    may_restore_team_name,
)

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like another sign
CODE_LENGTH = 8


def found_team(person: Person, *, hackathon: Hackathon, name: str) -> Team:
    """Make a team with this person as its first member. Raises Invalid when the name is taken."""
    require(may_found_team(person, hackathon, now()))
    name = _free_name(hackathon, name)
    _bind_to_team(person, hackathon)
    team = Team(hackathon=hackathon, name=name, name_folded=fold(name), code=new_team_code(), member_count=1)
    db.session.add(team)
    _flush_or_conflict()
    db.session.add(Membership(team=team, hackathon_id=hackathon.id, person=person))
    record(person, "teams.founded", team)
    db.session.flush()
    return team


def join_team(person: Person, *, hackathon: Hackathon, code: str) -> Team:
    """Become a member by the team's code. The place is taken in the statement that checks that there is one.

    Raises Invalid for a wrong code or a full team, Conflict when somebody took the last place meanwhile.
    """
    require(may_found_team(person, hackathon, now()))
    team = find_team_by_code(hackathon, code)
    if team is None:
        raise Invalid(
            _("No team of this hackathon has this code. Please ask your team for the present one."), field="code"
        )
    if not (verdict := may_join_team(person, team, now())):
        raise Invalid(verdict.reason, field="code")
    _bind_to_team(person, hackathon)
    _take_place(team)
    others = members_of(team)
    db.session.add(Membership(team=team, hackathon_id=hackathon.id, person=person))
    record(person, "teams.joined", team)
    db.session.flush()
    for other in others:
        key = f"teams.joined:{team.id}:{person.id}:{other.id}"
        tell(other, "teams/joined", kind="hackathon", once_key=key, team=team, joined=person)
    return team


def leave_team(person: Person, *, team: Team) -> None:
    """Leave; the last one to leave dissolves the team, and its name is free again."""
    require(may_leave_team(person, team, now()))
    gone = db.session.execute(
        delete(Membership).where(Membership.team_id == team.id, Membership.person_id == person.id)
    )
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("You have left this team already."))
    _release_from_team(person, team)
    _give_up_place(team)
    record(person, "teams.left", team)
    if team.member_count == 0:
        _dissolve(person, team)
    else:
        for other in members_of(team):
            tell(other, "teams/left", kind="hackathon", team=team, left=person)
    db.session.flush()


def rename_team(person: Person, *, team: Team, name: str) -> None:
    require(may_rename_team(person, team, now()))
    before, name = team.name, _free_name(team.hackathon, name, but=team)
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
    name = _free_name(team.hackathon, team.hidden_name, but=team)
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


def mark_handed_in(team: Team) -> None:
    """Told by the prototypes, in the transaction of the hand-in: from now on this team always has a member."""
    marked = db.session.execute(
        update(Team)
        .where(Team.id == team.id, Team.dissolved_at.is_(None))
        .values(handed_in_at=func.coalesce(Team.handed_in_at, now()))
        .execution_options(synchronize_session=False)
    )
    if not marked.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("The last member has just left this team."))
    db.session.refresh(team)


def new_team_code() -> str:
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))


def _free_name(hackathon: Hackathon, name: str, *, but: Team | None = None) -> str:
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
    _flush_or_conflict()


def _flush_or_conflict() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("Another team has just taken this name. Please choose another name.")) from error


def _bind_to_team(person: Person, hackathon: Hackathon) -> None:
    """One team per person: the place in the hackathon says so, in one statement."""
    bound = db.session.execute(
        update(Registration)
        .where(
            Registration.hackathon_id == hackathon.id, Registration.person_id == person.id,
            Registration.state == "registered", ~Registration.in_team,
        )
        .values(in_team=True)
        .execution_options(synchronize_session="fetch")
    )  # fmt: skip
    if not bound.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("In another window you have just joined a team or cancelled your registration."))


def _release_from_team(person: Person, team: Team) -> None:
    db.session.execute(
        update(Registration)
        .where(Registration.hackathon_id == team.hackathon_id, Registration.person_id == person.id)
        .values(in_team=False)
        .execution_options(synchronize_session="fetch")
    )


def _take_place(team: Team) -> None:
    most = select(Hackathon.team_size_max).where(Hackathon.id == team.hackathon_id).scalar_subquery()
    taken = db.session.execute(
        update(Team)
        .where(Team.id == team.id, Team.code == team.code, Team.dissolved_at.is_(None), Team.member_count < most)
        .values(member_count=Team.member_count + 1)
        .execution_options(synchronize_session=False)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody has just taken the last place in the team “%(name)s”.", name=team.name))
    db.session.refresh(team)


def _give_up_place(team: Team) -> None:
    given = db.session.execute(
        update(Team)
        .where(Team.id == team.id, or_(Team.member_count > 1, Team.handed_in_at.is_(None)))
        .values(member_count=Team.member_count - 1)
        .execution_options(synchronize_session=False)
    )
    if not given.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Your team has just handed in a prototype and you are its last member. Somebody must stay."))
    db.session.refresh(team)


def _dissolve(person: Person, team: Team) -> None:
    team.dissolved_at = now()
    team.name_folded = f" {team.id}"  # a folded name never begins with a blank
    record(person, "teams.dissolved", team)
