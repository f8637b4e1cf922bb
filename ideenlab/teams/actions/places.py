"""Who gets a place in a team: joining by code, by request and by invitation all end in `admit`.

Whoever changes who is in a team locks the team first and the person's registration afterwards.
"""

from sqlalchemy import delete, func, or_, select, update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.teams.models import Approach, BoardNotice, Membership, Team
from ideenlab.teams.queries import members_of

QUIETLY = {"synchronize_session": False}
FETCHING = {"synchronize_session": "fetch"}


def lock_team(team: Team) -> None:
    """Until the end of the transaction nobody else changes who is in it. Waits for others: ask the clock afterwards."""
    db.session.execute(select(Team.id).where(Team.id == team.id).with_for_update())
    db.session.refresh(team)


def admit(person: Person, *, team: Team, deed: str, by: Person | None, role: str = "", code: str | None = None) -> None:
    """Make somebody a member; whoever calls has asked the rule of their way in.

    The place is taken in the statement that checks that there is one.

    Raises Conflict when the last place, or the person, was taken by something else meanwhile. With `code` the place is
    only taken while this is the team's code.
    """
    _take_place(team, code)
    bind_to_team(person, team.hackathon, by=by)
    others = members_of(team)
    db.session.add(Membership(team=team, hackathon_id=team.hackathon_id, person=person, role=role))
    record(by, deed, team, note="" if by is person else str(person.id))
    stop_looking(person, hackathon=team.hackathon)
    for other in others:
        if other is not by:
            key = f"teams.joined:{team.id}:{person.id}:{other.id}"
            tell(other, "teams/joined", kind="hackathon", once_key=key, team=team, joined=person)


def let_go(person: Person, *, team: Team) -> None:
    """End a membership; whoever has been there longest leads when the lead is gone. Lock the team first."""
    gone = db.session.execute(
        delete(Membership).where(Membership.team_id == team.id, Membership.person_id == person.id)
    )
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("You have left this team already."))
    _give_up_place(team)
    release_from_teams(team.hackathon_id, person.id)
    if team.lead_id not in [member.id for member in members_of(team)]:
        pass_on_lead(team, but=person)
    db.session.flush()


def pass_on_lead(team: Team, *, but: Person) -> None:
    """To the one who has been there longest, first of those who can sign in."""
    others = [member for member in members_of(team) if member.id != but.id]
    if others:
        team.lead = sorted(others, key=lambda member: not member.is_active)[0]
        record(None, "teams.lead_passed_on", team, note=str(team.lead.id))


def bind_to_team(person: Person, hackathon: Hackathon, *, by: Person | None) -> None:
    """One team per person: the place in the hackathon says so, in one statement."""
    bound = db.session.execute(
        update(Registration)
        .where(
            Registration.hackathon_id == hackathon.id, Registration.person_id == person.id,
            Registration.state == "registered", ~Registration.in_team,
        )
        .values(in_team=True)
        .execution_options(**FETCHING)
    )  # fmt: skip
    if not bound.rowcount:  # type: ignore[attr-defined]
        if by is person:
            raise Conflict(_("In another window you have just joined a team or cancelled your registration."))
        raise Conflict(_("%(name)s has just joined a team or cancelled the registration.", name=person.pseudonym))


def release_from_teams(hackathon_id: int, *person_ids: int) -> None:
    db.session.execute(
        update(Registration)
        .where(Registration.hackathon_id == hackathon_id, Registration.person_id.in_(person_ids))
        .values(in_team=False)
        .execution_options(**FETCHING)
    )


def stop_looking(person: Person, *, hackathon: Hackathon | None) -> None:
    """Whoever has a team needs neither their notice nor what they asked and were asked elsewhere. None: anywhere."""
    at, theirs, notices = now(), [Approach.person_id == person.id], [BoardNotice.person_id == person.id]
    if person.email is not None:
        theirs.append(Approach.email == person.email)
    asked = update(Approach).where(or_(*theirs), Approach.state == "open")
    if hackathon is not None:
        asked = asked.where(Approach.team_id.in_(select(Team.id).where(Team.hackathon_id == hackathon.id)))
        notices.append(BoardNotice.hackathon_id == hackathon.id)
    db.session.execute(
        asked.values(state="withdrawn", open_key=None, secret_hash=None, email=None, decided_at=at).execution_options(
            **FETCHING
        )
    )
    db.session.execute(
        update(BoardNotice)
        .where(*notices, BoardNotice.team_id.is_(None), BoardNotice.closed_at.is_(None))
        .values(closed_at=at, open_key=None)
        .execution_options(**FETCHING)
    )


def close_team(person: Person | None, team: Team) -> None:
    """A team without members: its name is free, its notice is down, nobody is asked any more."""
    at = now()
    team.dissolved_at, team.lead_id = at, None
    team.name_folded = f" {team.id}"  # a folded name never begins with a blank
    asked = update(Approach).where(Approach.team_id == team.id, Approach.state == "open")
    ended = {"state": "withdrawn", "open_key": None, "secret_hash": None, "email": None, "decided_at": at}
    db.session.execute(asked.values(**ended).execution_options(**FETCHING))
    notices = update(BoardNotice).where(BoardNotice.team_id == team.id, BoardNotice.closed_at.is_(None))
    db.session.execute(notices.values(closed_at=at, open_key=None).execution_options(**FETCHING))
    record(person, "teams.dissolved", team)
    db.session.flush()


def mark_handed_in(team: Team) -> None:
    """Told by the prototypes, in the transaction of the hand-in: from now on this team always has a member."""
    marked = db.session.execute(
        update(Team)
        .where(Team.id == team.id, Team.dissolved_at.is_(None))
        .values(handed_in_at=func.coalesce(Team.handed_in_at, now()))
        .execution_options(**QUIETLY)
    )
    if not marked.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("The last member has just left this team."))
    db.session.refresh(team)


def _take_place(team: Team, code: str | None) -> None:
    most = select(Hackathon.team_size_max).where(Hackathon.id == team.hackathon_id).scalar_subquery()
    free = [Team.id == team.id, Team.dissolved_at.is_(None), Team.member_count < most]
    if code is not None:
        free.append(Team.code == code)
    taken = db.session.execute(
        update(Team).where(*free).values(member_count=Team.member_count + 1).execution_options(**QUIETLY)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody has just taken the last place in the team “%(name)s”.", name=team.name))
    db.session.refresh(team)


def _give_up_place(team: Team) -> None:
    given = db.session.execute(
        update(Team)
        .where(Team.id == team.id, or_(Team.member_count > 1, Team.handed_in_at.is_(None)))
        .values(member_count=Team.member_count - 1)
        .execution_options(**QUIETLY)
    )
    if not given.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Your team has just handed in a prototype and you are its last member. Somebody must stay."))
    db.session.refresh(team)
