from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import is_registered
from ideenlab.hackathons.rules import ORGANISERS, is_not_archived, may_change_hackathon
from ideenlab.mentors.models import HelpRequest
from ideenlab.mentors.queries import WAITING, find_mentor, help_requests_of
from ideenlab.teams.models import Team
from ideenlab.teams.queries import is_member

MOST_OPEN = 3


def may_name_mentor(organiser: Person, person: Person, hackathon: Hackathon) -> Verdict:
    """Organisers name adults who do not take part themselves."""
    if not (verdict := may_change_hackathon(organiser, hackathon)):
        return verdict
    if person.state != "active" or person.age_band != "adult":
        return no(_("Mentors are adults with an active account."))
    if is_registered(person, hackathon):
        return no(_("This person takes part in the hackathon and cannot be a mentor of others as well."))
    return no(_("This person is a mentor already.")) if find_mentor(person, hackathon) else YES


def may_help(person: Person, hackathon: Hackathon) -> Verdict:
    """See what teams ask: the mentors of this hackathon and its organisers."""
    if person.has_role(*ORGANISERS) or find_mentor(person, hackathon):
        return YES
    return no(_("This page is for the mentors of this hackathon."))


def may_see_help(person: Person, team: Team) -> Verdict:
    """The page that a team and the mentors share: nobody is written to anywhere else."""
    if is_member(person, team) or may_help(person, team.hackathon):
        return YES
    return no(_("This page is for the team and for mentors."))


def may_ask_for_help(person: Person, team: Team, now: datetime) -> Verdict:
    if not is_member(person, team):
        return no(_("You are not in this team."))
    if not (verdict := may_write(person, now) and is_not_archived(team.hackathon)):
        return verdict
    if team.hackathon.ends_at <= now:
        return no(_("The hackathon ended on %(moment)s.", moment=moment(team.hackathon.ends_at)))
    waiting = [request for request in help_requests_of(team) if request.state in WAITING]
    if len(waiting) >= MOST_OPEN:
        return no(_("Your team waits for help %(most)s times already. Please wait, or withdraw a request.",
                    most=MOST_OPEN))  # fmt: skip
    return YES


def may_withdraw_help(person: Person, request: HelpRequest) -> Verdict:
    if not is_member(person, request.team):
        return no(_("You are not in this team."))
    if request.state not in WAITING:
        return no(_("This request is done or withdrawn already."))
    return is_not_archived(request.hackathon)


def may_take_help(person: Person, request: HelpRequest, now: datetime) -> Verdict:
    if not find_mentor(person, request.hackathon):
        return no(_("This page is for the mentors of this hackathon."))
    if not (verdict := may_write(person, now) and is_not_archived(request.hackathon)):
        return verdict
    return YES if request.state == "open" else no(_("Somebody else helps already, or help is not needed any more."))


def may_give_back_help(person: Person, request: HelpRequest) -> Verdict:
    """Whoever took it, so that somebody else can help."""
    if request.state != "taken" or request.mentor is None or request.mentor.person_id != person.id:
        return no(_("You are not helping here."))
    return is_not_archived(request.hackathon)


def may_finish_help(person: Person, request: HelpRequest) -> Verdict:
    """Whoever took it, and the team."""
    helps = request.mentor is not None and request.mentor.person_id == person.id
    if not helps and not is_member(person, request.team):
        return no(_("You are not helping here."))
    if request.state != "taken":
        return no(_("This request is done or withdrawn already."))
    return is_not_archived(request.hackathon)
