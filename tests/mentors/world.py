from ideenlab.accounts.models import Person
from ideenlab.core.db import transaction
from ideenlab.hackathons.models import Hackathon
from ideenlab.mentors.actions import ask_for_help
from ideenlab.mentors.models import HelpRequest, Mentor
from ideenlab.teams.models import Team
from tests.factories import a_person, saved


def a_mentor(hackathon: Hackathon, person: Person | None = None, *, expertise: str = "Löten") -> Mentor:
    return saved(Mentor(hackathon=hackathon, person=person or a_person(), expertise=expertise))


def a_help_request(team: Team, member: Person, *, text: str = "Der Lötkolben bleibt kalt.") -> HelpRequest:
    with transaction():
        return ask_for_help(member, team=team, text=text, place="Tisch 7")
