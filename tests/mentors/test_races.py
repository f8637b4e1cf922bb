from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.mentors.actions import take_help_request
from ideenlab.mentors.models import HelpRequest
from tests.factories import a_person, a_team
from tests.mentors.world import a_help_request, a_mentor
from tests.teams.test_races import all_at_once


def test_one_of_ten_mentors_takes_a_request(app):
    member = a_person()
    team = a_team(None, member)
    request = a_help_request(team, member).id
    people = [a_mentor(team.hackathon).person_id for _number in range(10)]
    jobs = [
        lambda person=person: take_help_request(
            db.session.get(Person, person), request=db.session.get(HelpRequest, request)
        )
        for person in people
    ]
    assert all_at_once(app, jobs) == 1
    assert db.session.get(HelpRequest, request).state == "taken"
