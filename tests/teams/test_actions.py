import random

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.hackathons.actions import cancel_registration
from ideenlab.hackathons.queries import find_registration
from ideenlab.mail.models import Mail
from ideenlab.teams.actions import found_team, join_team, leave_team, mark_handed_in, rename_team, renew_code
from ideenlab.teams.models import Membership, Team
from ideenlab.teams.queries import find_team_of, get_team, members_of
from tests.factories import DAY, a_hackathon, a_person, a_registration, a_team


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def a_guest(hackathon):
    return a_registration(hackathon).person


def test_a_registered_person_founds_a_team_and_is_its_first_member(app):
    hackathon = a_hackathon()
    person = a_guest(hackathon)
    team = run(found_team, person, hackathon=hackathon, name="  Die\tErste ")
    assert (team.name, team.member_count, list(members_of(team))) == ("Die Erste", 1, [person])
    assert find_registration(person, hackathon).in_team


def test_without_a_place_nobody_founds_or_joins(app):
    hackathon = a_hackathon()
    team = a_team(hackathon, a_person())
    for action, values in ((found_team, {"name": "Neu"}), (join_team, {"code": team.code})):
        with pytest.raises(NotAllowed):
            run(action, a_person(), hackathon=hackathon, **values)


@pytest.mark.parametrize("name", ["Müller", "MÜLLER", "mueller ", "Mu\u0308ller", "М\u00fcller"])
def test_a_name_is_there_once_however_it_is_written(app, name):
    hackathon = a_hackathon()
    run(found_team, a_guest(hackathon), hackathon=hackathon, name="Müller")
    with pytest.raises(Invalid) as refused:
        run(found_team, a_guest(hackathon), hackathon=hackathon, name=name)
    assert refused.value.field == "name"
    other = a_hackathon()
    assert run(found_team, a_guest(other), hackathon=other, name=name).id


@pytest.mark.parametrize("typed", ["ABCD2345", "abcd2345", " abcd-2345 ", "abcd 2345"])
def test_the_code_is_found_however_it_is_typed(app, typed):
    hackathon = a_hackathon()
    team = a_team(hackathon, a_person(), code="ABCD2345")
    person = a_guest(hackathon)
    assert run(join_team, person, hackathon=hackathon, code=typed).id == team.id
    assert find_team_of(person, hackathon).member_count == 2


@pytest.mark.parametrize("code", ["", "0", "ABCD234", "ABCD23456", "null", "' OR 1=1", "\x00", "A" * 500])
def test_a_wrong_code_leads_nowhere(app, code):
    hackathon = a_hackathon()
    a_team(hackathon, a_person(), code="ABCD2345")
    with pytest.raises(Invalid) as refused:
        run(join_team, a_guest(hackathon), hackathon=hackathon, code=code)
    assert refused.value.field == "code"


def test_a_code_of_another_hackathon_leads_nowhere(app):
    here, there = a_hackathon(), a_hackathon()
    team = a_team(there, a_person(), code="ABCD2345")
    person = a_guest(here)
    a_registration(there, person)
    with pytest.raises(Invalid):
        run(join_team, person, hackathon=here, code="ABCD2345")
    assert team.member_count == 1


def test_a_full_team_takes_nobody(app):
    hackathon = a_hackathon(team_size_max=2)
    team = a_team(hackathon, a_person(), a_person(), code="ABCD2345")
    person = a_guest(hackathon)
    with pytest.raises(Invalid):
        run(join_team, person, hackathon=hackathon, code="ABCD2345")
    assert (team.member_count, find_registration(person, hackathon).in_team) == (2, False)


def test_one_person_is_in_one_team(app):
    hackathon = a_hackathon()
    person = a_person()
    a_team(hackathon, person)
    other = a_team(hackathon, a_person(), code="ABCD2345")
    for action, values in ((found_team, {"name": "Neu"}), (join_team, {"code": other.code})):
        with pytest.raises(NotAllowed):
            run(action, person, hackathon=hackathon, **values)
    assert other.member_count == 1


def test_the_others_are_told_once_who_joined(app):
    hackathon = a_hackathon()
    first, second, third = a_person(), a_person(), a_guest(hackathon)
    team = a_team(hackathon, first, second, code="ABCD2345")
    for _round in range(2):
        run(join_team, third, hackathon=hackathon, code="ABCD2345")
        run(leave_team, third, team=team)
    run(join_team, third, hackathon=hackathon, code="ABCD2345")
    mails = db.session.query(Mail).where(Mail.once_key.startswith("teams.joined")).order_by(Mail.id)
    told = [mail.recipient for mail in mails]
    assert told == [first.email, second.email]


def test_an_old_code_is_dead_when_a_new_one_is_made(app):
    hackathon = a_hackathon()
    member = a_person()
    team = a_team(hackathon, member, code="ABCD2345")
    run(renew_code, member, team=team)
    with pytest.raises(Invalid):
        run(join_team, a_guest(hackathon), hackathon=hackathon, code="ABCD2345")
    assert run(join_team, a_guest(hackathon), hackathon=hackathon, code=team.code).member_count == 2


def test_the_last_to_leave_dissolves_the_team_and_frees_its_name(app):
    hackathon = a_hackathon()
    person = a_guest(hackathon)
    team = run(found_team, person, hackathon=hackathon, name="Die Erste")
    run(leave_team, person, team=team)
    assert team.dissolved_at
    assert not find_registration(person, hackathon).in_team
    assert run(found_team, person, hackathon=hackathon, name="Die Erste").id != team.id


def test_nobody_joins_a_dissolved_team(app):
    hackathon = a_hackathon()
    person = a_guest(hackathon)
    team = run(found_team, person, hackathon=hackathon, name="Die Erste")
    run(leave_team, person, team=team)
    with pytest.raises(Invalid):
        run(join_team, person, hackathon=hackathon, code=team.code)


def test_the_last_member_stays_when_a_prototype_was_handed_in(app):
    first, second = a_person(), a_person()
    team = a_team(None, first, second)
    run(mark_handed_in, team)
    run(leave_team, first, team=team)
    with pytest.raises(NotAllowed):
        run(leave_team, second, team=team)
    assert (team.member_count, team.dissolved_at) == (1, None)


def test_the_last_member_stays_even_when_the_hand_in_came_in_between(app):
    person = a_person()
    team = a_team(None, person)
    with pytest.raises(NotAllowed), transaction():
        in_between = db.update(Team).values(handed_in_at=now()).execution_options(synchronize_session=False)
        assert db.session.get(Team, team.id).handed_in_at is None  # what this session has read
        db.session.execute(in_between)
        leave_team(person, team=team)
    assert team.member_count == 1


def test_after_leaving_a_place_can_be_cancelled(app):
    hackathon = a_hackathon()
    person = a_guest(hackathon)
    team = run(found_team, person, hackathon=hackathon, name="Die Erste")
    run(leave_team, person, team=team)
    run(cancel_registration, person, hackathon=hackathon)
    assert hackathon.registered_count == 0


def test_members_rename_their_team(app):
    hackathon = a_hackathon()
    member = a_person()
    team = a_team(hackathon, member, name="Alt")
    a_team(hackathon, a_person(), name="Besetzt")
    run(rename_team, member, team=team, name="ALT")
    with pytest.raises(Invalid):
        run(rename_team, member, team=team, name="besetzt")
    with pytest.raises(NotAllowed):
        run(rename_team, a_person(), team=team, name="Fremd")
    assert team.name == "ALT"


def test_after_the_deadline_teams_stay_as_they_are(app):
    member = a_person()
    team = a_team(a_hackathon(open_windows=("registration", "teams")), member)
    for action, values in ((leave_team, {}), (rename_team, {"name": "Neu"}), (renew_code, {})):
        with pytest.raises(NotAllowed):
            run(action, member, team=team, **values)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_people_do_the_count_is_the_number_of_members(app, seed):
    chance = random.Random(seed)
    hackathon = a_hackathon(team_size_max=3, teams_until=now() + DAY)
    people = [a_guest(hackathon) for _number in range(7)]
    for step in range(50):
        person = chance.choice(people)
        mine = find_team_of(person, hackathon)
        teams = [team for team in db.session.query(Team).order_by(Team.id) if not team.dissolved_at]
        try:
            if chance.random() < 0.4 and mine:
                run(leave_team, person, team=mine)
            elif chance.random() < 0.7 and teams:
                run(join_team, person, hackathon=hackathon, code=chance.choice(teams).code)
            else:
                run(found_team, person, hackathon=hackathon, name=f"Team {step}")
        except (Invalid, NotAllowed):
            db.session.rollback()
        for team in db.session.query(Team):
            rows = db.session.query(Membership).filter_by(team_id=team.id).count()
            assert rows == team.member_count <= 3
            assert (rows == 0) == bool(team.dissolved_at)
        in_team = {p.id for p in people if find_registration(p, hackathon).in_team}
        assert in_team == {row.person_id for row in db.session.query(Membership)}


def test_a_team_is_found_by_its_number_until_it_is_dissolved(app):
    team = a_team(None, a_person())
    assert get_team(team.id) is team
