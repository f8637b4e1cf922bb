"""Registration, check-in, teams that found themselves, a proposal for all others, and a mentor who is asked."""

from collections.abc import Sequence
from datetime import timedelta

from ideenlab.accounts.models import Person
from ideenlab.assignments.actions import accept_seat, decline_seat, make_proposal, save_wishes, send_proposal
from ideenlab.assignments.queries import seats_of
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.actions import Details, approve_registration, check_in_by_code, register_for_hackathon
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import find_registration, questions_of
from ideenlab.hackathons.rules import needed_consents
from ideenlab.mentors.actions import ask_for_help, name_mentor, take_help_request
from ideenlab.rehearsals.actions.people import TEAMS, participants, team_size, tree, trial_person
from ideenlab.teams.actions import found_team, join_team

ANSWERS_WITHIN = timedelta(hours=1)
SKILLS = ("Design", "Python", "Karten")


def register(organiser: Person, rehearsal: Hackathon) -> None:
    """Enough for the teams, and one person more; two after the other wish for each other."""
    answers = {each.id: (each.choices.splitlines() or ["ja"])[0] for each in questions_of(rehearsal)}
    people = []
    for number in range(min(rehearsal.places, TEAMS * team_size(rehearsal) + 1)):
        person = trial_person(tree(number))
        registration = register_for_hackathon(
            person, hackathon=rehearsal, details=Details(skills=SKILLS[number % len(SKILLS)], answers=answers),
            consents=needed_consents(rehearsal),
        )  # fmt: skip
        if registration.state == "requested":
            approve_registration(organiser, registration=registration)
        people.append(person)
    challenges = list(challenges_of(rehearsal))[:3]
    for first, second in zip(people[::2], people[1::2], strict=False):
        for person, friend in ((first, second), (second, first)):
            save_wishes(person, hackathon=rehearsal, challenges=challenges, friends=[friend.pseudonym])


def form_teams(organiser: Person, rehearsal: Hackathon) -> None:
    """All teams but one find themselves; who is left is proposed to a table. One person declines and stays alone."""
    people, size = participants(rehearsal), team_size(rehearsal)
    for person in people:
        registration = find_registration(person, rehearsal)
        assert registration
        check_in_by_code(organiser, hackathon=rehearsal, code=registration.ticket_code or "")
    teams = []
    for number in range(TEAMS - 1):
        members = people[number * size : (number + 1) * size]
        if members:
            team = found_team(members[0], hackathon=rehearsal, name=_("Trial team %(number)s", number=number + 1))
            teams.append((team, members[0]))
            for other in members[1:]:
                join_team(other, hackathon=rehearsal, code=team.code)
    _propose(organiser, rehearsal, people[(TEAMS - 1) * size :])
    mentor = trial_person(_("Mentor"))
    name_mentor(organiser, hackathon=rehearsal, person=mentor, expertise=_("Helps to try it out"))
    for team, member in teams[:1]:
        request = ask_for_help(member, team=team, text=_("We try out how to ask for help."), place=_("Table 1"))
        take_help_request(mentor, request=request)


def _propose(organiser: Person, rehearsal: Hackathon, alone: Sequence[Person]) -> None:
    if not alone:
        return
    assignment = make_proposal(organiser, hackathon=rehearsal, seed=len(alone))
    send_proposal(organiser, assignment=assignment, until=now() + ANSWERS_WITHIN)
    declines = alone[-1] if len(alone) > rehearsal.team_size_min else None
    for seat in seats_of(assignment):
        person = seat.registration.person
        if person is declines:
            decline_seat(person, seat=seat)
        elif person.is_trial:
            accept_seat(person, seat=seat)
