import re

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.teams.models import Membership, Team
from tests.factories import a_hackathon, a_person, a_registration, a_team


def a_guest(hackathon, client=None):
    person = a_registration(hackathon).person
    if client:
        client.sign_in(person)
    return person


def test_a_registered_person_founds_a_team_and_gets_its_code(client):
    hackathon = a_hackathon()
    a_guest(hackathon, client)
    assert "Team gründen" in client.get(f"/hackathon/{hackathon.slug}/teams").text
    assert client.get(f"/hackathon/{hackathon.slug}/teams/gruenden").status_code == 200
    response = client.post(f"/hackathon/{hackathon.slug}/teams/gruenden", data={"name": "Die Ersten"})
    team = db.session.query(Team).one()
    assert (response.status_code, response.location) == (303, f"/team/{team.id}")
    text = client.get(response.location).text
    assert team.code in text
    assert f"http://localhost/hackathon/{hackathon.slug}/teams/beitreten#code={team.code}" in text


def test_a_link_only_fills_in_the_code(client):
    hackathon = a_hackathon()
    team = a_team(hackathon, a_person(), code="ABCD2345")
    a_guest(hackathon, client)
    page = client.get(f"/hackathon/{hackathon.slug}/teams/beitreten?code=ABCD2345")
    assert re.search(r'<input[^>]*value="ABCD2345"', page.text)
    assert db.session.get(Team, team.id).member_count == 1
    assert 'action="/hackathon/' in page.text
    response = client.post(f"/hackathon/{hackathon.slug}/teams/beitreten", data={"code": "abcd-2345"})
    assert (response.status_code, response.location) == (303, f"/team/{team.id}")
    assert db.session.get(Team, team.id).member_count == 2


@pytest.mark.parametrize("code", ["", "x", "\x00", "A" * 41, "<script>", "' OR 1=1 --", "%s{{7*7}}", "\u200b"])
def test_a_wrong_code_is_refused_at_its_field(client, code):
    hackathon = a_hackathon()
    a_team(hackathon, a_person(), code="ABCD2345")
    a_guest(hackathon, client)
    response = client.post(f"/hackathon/{hackathon.slug}/teams/beitreten", data={"code": code})
    assert response.status_code == 422
    assert 'id="code-error"' in response.text


def test_guessing_codes_is_slowed_for_who_guesses(client):
    hackathon = a_hackathon()
    team = a_team(hackathon, a_person(), code="ABCD2345")
    address = f"/hackathon/{hackathon.slug}/teams/beitreten"
    a_guest(hackathon, client)
    for number in range(10):
        assert "Kein Team" in client.post(address, data={"code": f"FALSCH{number}"}).text
    right = client.post(address, data={"code": "ABCD2345"})
    assert (right.status_code, db.session.get(Team, team.id).member_count) == (422, 1)
    a_guest(hackathon, client)
    assert client.post(address, data={"code": "ABCD2345"}).status_code == 303


def test_a_full_team_is_refused_at_the_code(client):
    hackathon = a_hackathon(team_size_min=1, team_size_max=1)
    a_team(hackathon, a_person(), code="ABCD2345")
    a_guest(hackathon, client)
    response = client.post(f"/hackathon/{hackathon.slug}/teams/beitreten", data={"code": "ABCD2345"})
    assert response.status_code == 422
    assert "ist voll" in response.text


@pytest.mark.parametrize("page", ["gruenden", "beitreten"])
def test_after_the_window_forming_teams_is_refused_by_page_and_form(client, page):
    hackathon = a_hackathon(open_windows=("registration", "submission"))
    a_team(hackathon, a_person(), code="ABCD2345")
    a_guest(hackathon, client)
    address = f"/hackathon/{hackathon.slug}/teams/{page}"
    assert "Teams können jetzt nicht gebildet werden. Das endete am" in client.get(address).text
    response = client.post(address, data={"name": "Zu spät", "code": "ABCD2345"})
    assert response.status_code == 403
    assert "Das endete am" in response.text
    assert db.session.query(Membership).count() == 1


TYPED = [
    ("", None), (" \t ", None), ("\u200b\ufeff\u00ad\u2800\u3164", None), ("\u200d\u200d", None), ("x", "x"),
    ("é" * 60, "é" * 60), ("é" * 61, None), ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("{{7*7}}", "{{7*7}}"), ("=1+1", "=1+1"), ("O'Brien", "O'Brien"), ("a\u202eb", "ab"), ("🏳️\u200d🌈", "🏳️\u200d🌈"),
    ("a\x00b", "ab"), ("eins\nzwei", "eins zwei"), ("../../etc", "../../etc"), ("admin", "admin"), ("null", "null"),
    ("Z" + "\u0301" * 200, "Ź\u0301\u0301\u0301\u0301"), ("أهلا", "أهلا"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "stored"), TYPED)
def test_names_are_kept_clean_or_refused(client, typed, stored):
    hackathon = a_hackathon()
    a_guest(hackathon, client)
    response = client.post(f"/hackathon/{hackathon.slug}/teams/gruenden", data={"name": typed})
    team = db.session.query(Team).one_or_none()
    if stored is None:
        assert (response.status_code, team) == (422, None)
        assert 'id="name-error"' in response.text
        return
    assert (response.status_code, team and team.name) == (303, stored)
    page = client.get(f"/hackathon/{hackathon.slug}/teams").text
    assert "<script>alert" not in page
    assert client.get(f"/team/{team.id}").status_code == 200


@pytest.mark.parametrize("name", ["Müller", " MÜLLER ", "mueller", "Mu\u0308ller", "М\u00fcller"])
def test_a_name_that_is_taken_is_refused_at_its_field_and_stays_typed(client, name):
    hackathon = a_hackathon()
    a_team(hackathon, a_person(), name="Müller")
    a_guest(hackathon, client)
    response = client.post(f"/hackathon/{hackathon.slug}/teams/gruenden", data={"name": name})
    assert response.status_code == 422
    assert "Ein Team „Müller“ gibt es schon" in response.text


def test_the_public_sees_numbers_and_members_see_pseudonyms(client):
    hackathon = a_hackathon()
    member = a_person(pseudonym="Mira")
    team = a_team(hackathon, member, a_person(pseudonym="Hannes"), code="ABCD2345")
    for person in (None, a_guest(hackathon), a_person("juror"), a_person("moderator")):
        if person:
            client.sign_in(person)
        for address in (f"/team/{team.id}", f"/hackathon/{hackathon.slug}/teams"):
            text = client.get(address).text
            assert "2 Mitglieder" in text
            assert not [secret for secret in ("Mira", "Hannes", "ABCD2345") if secret in text]
    client.sign_in(a_person("organiser"))
    text = client.get(f"/team/{team.id}").text
    assert ("Mira" in text, "ABCD2345" in text) == (True, False)
    client.sign_in(member)
    text = client.get(f"/team/{team.id}").text
    assert ("Hannes" in text, "ABCD2345" in text) == (True, True)


def test_a_member_leaves_after_a_second_look(client):
    hackathon, member = a_hackathon(), a_person()
    team = a_team(hackathon, member, a_person())
    client.sign_in(member)
    assert "Ja, verlassen" in client.get(f"/team/{team.id}/verlassen").text
    assert db.session.get(Team, team.id).member_count == 2
    response = client.post(f"/team/{team.id}/verlassen")
    assert (response.status_code, response.location) == (303, f"/hackathon/{hackathon.slug}/teams")
    assert db.session.get(Team, team.id).member_count == 1


def test_the_last_member_learns_what_leaving_means(client):
    member = a_person()
    team = a_team(None, member)
    client.sign_in(member)
    assert "Sie sind das letzte Mitglied" in client.get(f"/team/{team.id}/verlassen").text
    client.post(f"/team/{team.id}/verlassen")
    assert client.get(f"/team/{team.id}").status_code == 404


def test_the_last_member_of_a_team_that_handed_in_stays(client):
    member = a_person()
    team = a_team(None, member, handed_in_at=now())
    client.sign_in(member)
    assert "Jemand muss bleiben" in client.get(f"/team/{team.id}/verlassen").text
    assert client.post(f"/team/{team.id}/verlassen").status_code == 403
    assert db.session.get(Team, team.id).member_count == 1


def test_a_new_code_ends_the_old_one(client):
    member = a_person()
    team = a_team(None, member, code="ABCD2345")
    client.sign_in(member)
    assert client.post(f"/team/{team.id}/code").status_code == 303
    assert "ABCD2345" not in client.get(f"/team/{team.id}").text
    assert re.fullmatch("[A-Z0-9]{8}", db.session.get(Team, team.id).code)


def test_members_rename_their_team(client):
    member = a_person()
    team = a_team(None, member, name="Alt")
    client.sign_in(member)
    assert 'value="Alt"' in client.get(f"/team/{team.id}/umbenennen").text
    assert client.post(f"/team/{team.id}/umbenennen", data={"name": "Neu"}).status_code == 303
    assert db.session.get(Team, team.id).name == "Neu"
    assert client.post(f"/team/{team.id}/umbenennen", data={"name": ""}).status_code == 422


ACTS = ["code", "verlassen", "umbenennen"]


@pytest.mark.parametrize("act", ACTS)
def test_strangers_change_no_team(client, act):
    hackathon = a_hackathon()
    team = a_team(hackathon, a_person(), code="ABCD2345", name="Alt")
    assert client.post(f"/team/{team.id}/{act}", data={"name": "Neu"}).status_code == 401
    for person in (a_guest(hackathon), a_person("juror"), a_person("organiser")):
        client.sign_in(person)
        assert client.post(f"/team/{team.id}/{act}", data={"name": "Neu"}).status_code == 403
    stored = db.session.get(Team, team.id)
    assert (stored.code, stored.name, stored.member_count) == ("ABCD2345", "Alt", 1)


@pytest.mark.parametrize("act", ACTS)
def test_a_form_of_a_foreign_site_does_nothing(client, act):
    member = a_person()
    team = a_team(None, member, code="ABCD2345", name="Alt")
    client.sign_in(member)
    assert client.post(f"/team/{team.id}/{act}", data={"name": "Neu"}, csrf=False).status_code == 400
    stored = db.session.get(Team, team.id)
    assert (stored.code, stored.name, stored.member_count) == ("ABCD2345", "Alt", 1)


@pytest.mark.parametrize(("method", "path"), [("get", "/team/{id}/code"), ("put", "/team/{id}"), ("post", "/team/{id}"),
                                              ("delete", "/team/{id}/verlassen")])  # fmt: skip
def test_a_wrong_method_changes_nothing(client, method, path):
    member = a_person()
    team = a_team(None, member)
    client.sign_in(member)
    assert getattr(client, method)(path.format(id=team.id)).status_code == 405
    assert db.session.get(Team, team.id).member_count == 1


def test_fields_that_are_not_in_the_form_are_not_set(client):
    hackathon, other = a_hackathon(), a_hackathon()
    person = a_guest(hackathon, client)
    data = {"name": "Neu", "code": "MEINCODE", "member_count": "9", "hackathon_id": str(other.id), "id": "77",
            "handed_in_at": "2027-01-01", "person_id": "1", "name_folded": "x"}  # fmt: skip
    client.post(f"/hackathon/{hackathon.slug}/teams/gruenden", data=data)
    team = db.session.query(Team).one()
    assert (team.hackathon_id, team.member_count, team.name_folded, team.handed_in_at) == (hackathon.id, 1, "neu", None)
    assert team.code != "MEINCODE"
    assert [row.person_id for row in db.session.query(Membership)] == [person.id]


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "1e3", "abc", "2147483648", "9" * 30, "9" * 5000, "١", "%00"])
def test_a_number_nobody_has_is_not_found(client, number):
    client.sign_in(a_person())
    for page in ("", "/verlassen", "/umbenennen"):
        assert client.get(f"/team/{number}{page}").status_code in (404, 414)


def test_my_team_leads_to_my_team_or_to_all(client):
    hackathon = a_hackathon()
    a_guest(hackathon, client)
    assert client.get(f"/hackathon/{hackathon.slug}/mein-team").location == f"/hackathon/{hackathon.slug}/teams"
    assert client.get(f"/hackathon/{hackathon.slug}/mein-prototyp").location == f"/hackathon/{hackathon.slug}/teams"
    member = a_person()
    team = a_team(hackathon, member)
    client.sign_in(member)
    assert client.get(f"/hackathon/{hackathon.slug}/mein-team").location == f"/team/{team.id}"


def test_the_list_costs_the_same_for_one_three_and_thirty_teams(client, count_queries):
    hackathon, costs = a_hackathon(places=90), []
    a_guest(hackathon, client)
    for more in (1, 2, 27):
        for _number in range(more):
            a_team(hackathon, a_person(), a_person())
        costs.append(count_queries(lambda: client.get(f"/hackathon/{hackathon.slug}/teams")))
    assert len(set(costs)) == 1


def test_a_team_page_costs_the_same_for_one_three_and_thirty_members(client, count_queries):
    costs = []
    for size in (1, 3, 30):
        members = [a_person() for _number in range(size)]
        team = a_team(a_hackathon(team_size_max=40), *members)
        client.sign_in(members[0])
        costs.append(count_queries(lambda team=team: client.get(f"/team/{team.id}")))
    assert len(set(costs)) == 1
