import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.mail.models import Mail
from ideenlab.mentors.actions import (
    end_mentor,
    finish_help_request,
    give_back_help_request,
    name_mentor,
    take_help_request,
    withdraw_help_request,
)
from ideenlab.mentors.queries import find_mentor, hackathons_mentored_by, mentors_of, waiting_requests_of
from ideenlab.teams.actions import leave_team
from tests.factories import a_hackathon, a_person, a_team
from tests.mentors.world import a_help_request, a_mentor


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def subjects(person):
    return [mail.subject for mail in db.session.query(Mail).filter_by(recipient=person.email).order_by(Mail.id)]


def test_organisers_name_mentors_and_take_the_role_back(app):
    hackathon, organiser, person = a_hackathon(title="Hase"), a_person("organiser"), a_person()
    with pytest.raises(NotAllowed):
        run(name_mentor, a_person("moderator"), hackathon=hackathon, person=person, expertise="")
    mentor = run(name_mentor, organiser, hackathon=hackathon, person=person, expertise=" Löten ")
    assert (mentor.expertise, subjects(person)) == ("Löten", ["Sie betreuen Teams bei „Hase“"])
    with pytest.raises(Invalid):
        run(name_mentor, organiser, hackathon=hackathon, person=person, expertise="")
    assert (list(mentors_of(hackathon)), list(hackathons_mentored_by(person))) == ([mentor], [hackathon])
    member = a_person()
    request = a_help_request(a_team(hackathon, member), member)
    run(take_help_request, person, request=request)
    run(end_mentor, organiser, mentor=mentor)
    assert (find_mentor(person, hackathon), request.state, request.mentor_id) == (None, "open", None)
    assert run(name_mentor, organiser, hackathon=hackathon, person=person, expertise="Nähen").id == mentor.id


def test_a_team_asks_a_mentor_comes_and_all_know(app):
    hackathon, member = a_hackathon(), a_person()
    team = a_team(hackathon, member, name="Eins")
    first, second = a_mentor(hackathon).person, a_mentor(hackathon).person
    request = a_help_request(team, member)
    assert subjects(first) == subjects(second) == ["Das Team „Eins“ braucht Hilfe"]
    run(take_help_request, first, request=request)
    with pytest.raises(NotAllowed):
        run(take_help_request, second, request=request)
    assert subjects(member) == [f"{first.pseudonym} kommt zu Ihrem Team"]
    run(give_back_help_request, first, request=request)
    run(take_help_request, second, request=request)
    run(finish_help_request, second, request=request)
    assert (request.state, bool(request.done_at), list(waiting_requests_of(hackathon))) == ("done", True, [])


def test_a_withdrawn_request_calls_back_who_was_on_the_way(app):
    hackathon, member = a_hackathon(), a_person()
    team, mentor = a_team(hackathon, member), a_mentor(hackathon).person
    request = a_help_request(team, member)
    run(take_help_request, mentor, request=request)
    run(withdraw_help_request, member, request=request)
    assert (request.state, subjects(mentor)[-1]) == ("withdrawn", f"Das Team „{team.name}“ braucht keine Hilfe mehr")


def test_the_longest_waiting_comes_first_and_a_team_that_is_gone_waits_no_more(app):
    hackathon, member, other = a_hackathon(), a_person(), a_person()
    mentor = a_mentor(hackathon).person
    first = a_help_request(a_team(hackathon, member), member)
    second = a_help_request(a_team(hackathon, other), other)
    run(take_help_request, mentor, request=first)
    run(give_back_help_request, mentor, request=first)
    assert list(waiting_requests_of(hackathon)) == [first, second]
    run(leave_team, member, team=first.team)
    assert list(waiting_requests_of(hackathon)) == [second]
