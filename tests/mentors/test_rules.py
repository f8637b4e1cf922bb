"""Who may do what with a request for help, in each of its states."""

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.mentors.actions import (
    finish_help_request,
    give_back_help_request,
    take_help_request,
    withdraw_help_request,
)
from ideenlab.mentors.queries import mentors_of
from ideenlab.mentors.rules import (
    may_ask_for_help,
    may_finish_help,
    may_give_back_help,
    may_name_mentor,
    may_see_help,
    may_take_help,
    may_withdraw_help,
)
from tests.factories import DAY, a_hackathon, a_person, a_registration, a_team
from tests.mentors.world import a_help_request, a_mentor

DEEDS = {
    "take": lambda person, request: may_take_help(person, request, now()),
    "give_back": may_give_back_help,
    "finish": may_finish_help,
    "withdraw": may_withdraw_help,
}
ALLOWED = {
    "open": {"mentor": {"take"}, "other": {"take"}, "member": {"withdraw"}, "stranger": set(), "organiser": set()},
    "taken": {
        "mentor": {"give_back", "finish"}, "other": set(), "member": {"finish", "withdraw"}, "stranger": set(),
        "organiser": set(),
    },
    "done": {who: set() for who in ("mentor", "other", "member", "stranger", "organiser")},
    "withdrawn": {who: set() for who in ("mentor", "other", "member", "stranger", "organiser")},
}  # fmt: skip


@pytest.mark.parametrize("state", ALLOWED)
def test_who_may_do_what_with_a_request(app, state):
    member = a_person()
    team = a_team(None, member)
    mentor, other = a_mentor(team.hackathon), a_mentor(team.hackathon)
    a_mentor(a_hackathon())
    request = a_help_request(team, member)
    with transaction():
        if state in ("taken", "done"):
            take_help_request(mentor.person, request=request)
        if state == "done":
            finish_help_request(member, request=request)
        if state == "withdrawn":
            withdraw_help_request(member, request=request)
    people = {"mentor": mentor.person, "other": other.person, "member": member, "stranger": a_person(),
              "organiser": a_person("organiser")}  # fmt: skip
    found = {who: {name for name, rule in DEEDS.items() if rule(person, request)} for who, person in people.items()}
    assert found == ALLOWED[state]


def test_who_is_named_and_who_sees_what_a_team_asks(app):
    hackathon, organiser = a_hackathon(), a_person("organiser")
    member = a_person()
    team = a_team(hackathon, member)
    mentor = a_mentor(hackathon).person
    named = {
        "adult": a_person(), "under_18": a_person(age_band="16_17"), "participant": a_registration(hackathon).person,
        "mentor": mentor, "closed": a_person(state="closed"),
    }  # fmt: skip
    assert [who for who, person in named.items() if may_name_mentor(organiser, person, hackathon)] == ["adult"]
    assert not may_name_mentor(a_person("moderator"), a_person(), hackathon)
    seeing = {
        "member": member, "mentor": mentor, "organiser": organiser, "stranger": a_person(),
        "mentor of another": a_mentor(a_hackathon()).person, "other participant": a_registration(hackathon).person,
    }  # fmt: skip
    assert [who for who, person in seeing.items() if may_see_help(person, team)] == ["member", "mentor", "organiser"]


def test_a_team_asks_until_the_hackathon_ends_and_three_times_at_once(app):
    member = a_person()
    team = a_team(None, member)
    for _number in range(3):
        assert may_ask_for_help(member, team, now())
        request = a_help_request(team, member)
    assert "wartet schon auf 3 Hilfen" in may_ask_for_help(member, team, now()).reason
    with transaction():
        withdraw_help_request(member, request=request)
    assert may_ask_for_help(member, team, now())
    assert "endete am" in may_ask_for_help(member, team, team.hackathon.ends_at).reason
    assert not may_ask_for_help(a_person(), team, now())


def test_who_gave_a_request_back_can_take_it_again(app):
    member = a_person()
    team = a_team(None, member)
    mentor, request = a_mentor(team.hackathon), a_help_request(team, member)
    with transaction():
        take_help_request(mentor.person, request=request)
        give_back_help_request(mentor.person, request=request)
    assert may_take_help(mentor.person, request, now())


def test_a_mentor_who_takes_part_or_is_suspended_helps_nobody(app):
    member = a_person()
    team = a_team(None, member)
    mentor, suspended = a_mentor(team.hackathon), a_mentor(team.hackathon)
    request = a_help_request(team, member)
    a_registration(team.hackathon, mentor.person)
    with transaction():
        suspended.person.suspended_until = now() + DAY
    assert not may_see_help(mentor.person, team)
    assert list(mentors_of(team.hackathon)) == [suspended]
    assert [bool(may_take_help(each.person, request, now())) for each in (mentor, suspended)] == [False, False]
