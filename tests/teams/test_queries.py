import pytest

from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.teams.queries import (
    find_team_by_code,
    find_team_of,
    get_team,
    is_member,
    members_of,
    memberships_of_hackathon,
    plain_code,
    teams_of,
    teams_of_person,
)
from tests.factories import a_hackathon, a_person, a_team


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
