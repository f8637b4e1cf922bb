import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.errors import NotFound
from ideenlab.teams.actions import NoticeText, ask_to_join, write_notice
from ideenlab.teams.queries import (
    find_team_by_code,
    find_team_of,
    get_team,
    is_member,
    members_of,
    memberships_of_hackathon,
    plain_code,
    requests_to,
    teams_of,
    teams_of_person,
    visible_notices,
)
from ideenlab.teams.rules import may_accept_request
from tests.factories import a_hackathon, a_person, a_registration, a_team


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63, 10**30])
def test_a_number_nobody_has_is_not_found(app, number):
    with pytest.raises(NotFound):
        get_team(number)


def test_teams_are_ordered_by_name_whatever_the_database_thinks_of_umlauts(app):
    hackathon = a_hackathon()
    for name in ("zebra", "Äpfel", "Birne", "apfel"):
        a_team(hackathon, name=name)
    assert [team.name for team in teams_of(hackathon)] == ["Äpfel", "apfel", "Birne", "zebra"]


def test_a_dissolved_team_is_not_there(app):
    hackathon = a_hackathon()
    team = a_team(hackathon, dissolved_at=now(), code="ABCD2345")
    assert list(teams_of(hackathon)) == []
    assert find_team_by_code(hackathon, "ABCD2345") is None
    with pytest.raises(NotFound):
        get_team(team.id)


def test_members_stand_in_the_order_they_came(app):
    people = [a_person() for _number in range(3)]
    team = a_team(None, *people)
    assert members_of(team) == people
    assert is_member(people[0], team)
    assert not is_member(a_person(), team)


def test_a_person_has_one_team_in_each_hackathon(app):
    person, here, there = a_person(), a_hackathon(), a_hackathon()
    mine, other = a_team(here, person), a_team(there, person)
    assert (find_team_of(person, here), find_team_of(person, there)) == (mine, other)
    assert teams_of_person(person) == [other, mine]
    assert [membership.team for membership in memberships_of_hackathon(here)] == [mine]


@pytest.mark.parametrize(
    ("typed", "code"),
    [(" abcd-2345 ", "ABCD2345"), ("ＡＢ", ""), ("", ""), ("ß", "SS"), ("a.b/c\x00", "ABC")],
)
def test_a_code_is_read_however_it_is_typed(typed, code):
    assert plain_code(typed) == code


def test_who_closed_their_account_neither_looks_for_a_team_nor_comes_into_one(app):
    member = a_person()
    team = a_team(None, member)
    gone = a_registration(team.hackathon).person
    with transaction():
        write_notice(gone, hackathon=team.hackathon, text=NoticeText("Ich suche ein Team."), revision=0)
        approach = ask_to_join(gone, team=team, sentence="Darf ich?", role="")
    assert [len(visible_notices(team.hackathon)), len(requests_to(team))] == [1, 1]
    with transaction():
        gone.state = "closed"
    assert [len(visible_notices(team.hackathon)), len(requests_to(team))] == [0, 0]
    assert not may_accept_request(member, approach, now())
