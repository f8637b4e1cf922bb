"""Asking and being asked. What comes in is decided by any member: a team must not wait for one who sleeps."""

from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.teams.models import Approach, Team
from ideenlab.teams.queries import (
    count_invitations_since,
    count_open_requests,
    declined_until,
    find_open_approach,
    is_member,
)
from ideenlab.teams.rules.teams import has_place, may_join_team

MOST_REQUESTS = 5
MOST_INVITATIONS = 20
DAY = timedelta(days=1)


def may_ask_to_join(person: Person, team: Team, now: datetime) -> Verdict:
    if not (verdict := may_join_team(person, team, now)):
        return verdict
    waiting = find_open_approach(team, person)
    if waiting and waiting.kind == "asked":
        return no(_("You have asked this team already. Its members decide."))
    if waiting and (waiting.expires_at is None or now < waiting.expires_at):
        return no(_("This team has invited you. You can accept the invitation."))
    declined = declined_until(team, person, now - DAY)
    if declined:
        return no(_("The team has declined. You can ask again from %(moment)s.", moment=moment(declined + DAY)))
    if count_open_requests(person, team.hackathon) >= MOST_REQUESTS:
        return no(_("You have asked %(most)s teams. Please wait for an answer, or withdraw a request.",
                    most=MOST_REQUESTS))  # fmt: skip
    return YES


def may_invite(person: Person, team: Team, now: datetime) -> Verdict:
    """Every member, as long as teams are formed and there is a place."""
    if not is_member(person, team):
        return no(_("You are not in this team."))
    if not (verdict := may_write(person, now)):
        return verdict
    if not (verdict := has_place(team, now)):
        return verdict
    if count_invitations_since(team, now - DAY) >= MOST_INVITATIONS:
        return no(_("Your team has invited %(most)s people since yesterday. Please go on tomorrow, or share the code.",
                    most=MOST_INVITATIONS))  # fmt: skip
    return YES


def may_decide_request(person: Person, approach: Approach, now: datetime) -> Verdict:
    """Accept or decline what somebody asked: any member of the team."""
    if not is_member(person, approach.team):
        return no(_("You are not in this team."))
    if approach.state != "open" or approach.kind != "asked":
        return no(_("This request has been answered or withdrawn."))
    return may_write(person, now) and is_not_archived(approach.team.hackathon)


def may_accept_request(person: Person, approach: Approach, now: datetime) -> Verdict:
    """As long as teams are formed and there is a place; declining is possible at any time."""
    if not (verdict := may_decide_request(person, approach, now)):
        return verdict
    if approach.person is None or approach.person.state != "active":
        return no(_("This account is closed."))
    return has_place(approach.team, now)


def is_addressed_to(person: Person, approach: Approach) -> bool:
    """By name, or by the address this person has proved to have."""
    return approach.person_id == person.id or (person.email is not None and approach.email == person.email)


def may_accept_invitation(person: Person, approach: Approach, now: datetime, *, by_link: bool = False) -> Verdict:
    """Whom it is for; an invitation to an address also whoever holds its link."""
    if not (verdict := may_decline_invitation(person, approach, now, by_link=by_link)):
        return verdict
    return may_join_team(person, approach.team, now)


def may_decline_invitation(person: Person, approach: Approach, now: datetime, *, by_link: bool = False) -> Verdict:
    if not is_addressed_to(person, approach) and not (by_link and approach.person_id is None):
        return no(_("This invitation is for somebody else."))
    over = approach.expires_at is not None and approach.expires_at <= now
    if approach.state != "open" or approach.kind != "invited" or over:
        return no(_("This invitation has been answered, withdrawn or has run out."))
    return is_not_archived(approach.team.hackathon)


def may_withdraw_approach(person: Person, approach: Approach) -> Verdict:
    """Their own request; an invitation every member of the team."""
    mine = approach.person_id == person.id if approach.kind == "asked" else is_member(person, approach.team)
    if not mine:
        return no(_("Only whoever has asked can withdraw this."))
    if approach.state != "open":
        return no(_("This has been answered or withdrawn already."))
    return is_not_archived(approach.team.hackathon)
