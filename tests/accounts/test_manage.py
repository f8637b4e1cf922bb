import pytest

from ideenlab.accounts.actions import start_sign_in
from ideenlab.accounts.models import Person, Role
from ideenlab.accounts.queries import find_sign_in
from ideenlab.core.db import db, transaction
from ideenlab.mail.models import Mail
from tests.factories import a_person


def roles_of(person):
    db.session.rollback()
    return sorted(role.name for role in db.session.query(Role).filter_by(person_id=person.id))


def test_an_organiser_finds_people_by_pseudonym_and_by_address(client):
    a_person(pseudonym="Eulenspiegel", email="till@example.org")
    a_person("juror", pseudonym="Ada")
    client.sign_in(a_person("organiser", pseudonym="Olaf"))
    everybody = client.get("/organisation/personen").text
    assert "Ada" in everybody
    assert "Eulenspiegel" not in everybody
    for words in ("eulen", "SPIEGEL", "Till@Example.org"):
        assert "Eulenspiegel" in client.get("/organisation/personen", query_string={"q": words}).text
    assert "Niemand gefunden" in client.get("/organisation/personen?q=till@").text


@pytest.mark.parametrize("words", ["%", "_", "'; DROP TABLE people", "x" * 500, "\x00", "<script>alert(1)</script>"])
def test_strange_words_find_nobody_and_harm_nothing(client, words):
    client.sign_in(a_person("organiser", pseudonym="Olaf"))
    page = client.get("/organisation/personen", query_string={"q": words})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_a_search_costs_the_same_for_one_and_thirty(client, count_queries):
    client.sign_in(a_person("organiser"))
    a_person(pseudonym="Gast")
    one = count_queries(lambda: client.get("/organisation/personen?q=gast"))
    for number in range(30):
        a_person("juror", pseudonym=f"Gast {number}")
    assert count_queries(lambda: client.get("/organisation/personen?q=gast")) == one


def test_a_role_is_given_and_its_owner_told_and_taken_with_all_sign_ins(client):
    person = a_person()
    with transaction():
        secret = start_sign_in(person, device="")
    client.sign_in(a_person("organiser"))
    assert client.get(f"/organisation/personen/{person.id}").status_code == 200
    given = client.post(f"/organisation/personen/{person.id}/rolle-geben", data={"role": "juror"})
    assert (given.status_code, roles_of(person)) == (303, ["juror"])
    assert db.session.query(Mail).filter_by(recipient=person.email).one().subject == "Sie haben eine neue Rolle"
    assert find_sign_in(secret) is not None
    client.post(f"/organisation/personen/{person.id}/rolle-nehmen", data={"role": "juror"})
    assert roles_of(person) == []
    assert find_sign_in(secret) is None


@pytest.mark.parametrize("role", ["organiser", "administrator"])
def test_an_organiser_makes_no_organisers(client, role):
    person = a_person()
    client.sign_in(a_person("organiser"))
    answer = client.post(f"/organisation/personen/{person.id}/rolle-geben", data={"role": role})
    assert (answer.status_code, roles_of(person)) == (403, [])


@pytest.mark.parametrize("role", ["", "king", "citizen", "administrator'"])
def test_a_role_that_is_none_is_refused(client, role):
    person = a_person()
    client.sign_in(a_person("administrator"))
    assert client.post(f"/organisation/personen/{person.id}/rolle-geben", data={"role": role}).status_code == 400


def test_the_last_administrator_stays(client):
    boss = a_person("administrator")
    client.sign_in(boss)
    answer = client.post(f"/organisation/personen/{boss.id}/rolle-nehmen", data={"role": "administrator"})
    assert (answer.status_code, roles_of(boss)) == (403, ["administrator"])
    assert "Es muss jemanden für die Administration geben." in answer.text


def test_an_administrator_closes_and_reopens_an_account(client):
    person = a_person()
    with transaction():
        secret = start_sign_in(person, device="")
    client.sign_in(a_person("administrator"))
    assert client.post(f"/organisation/personen/{person.id}/schliessen").status_code == 303
    assert find_sign_in(secret) is None
    db.session.rollback()
    assert db.session.get_one(Person, person.id).state == "closed"
    assert client.post(f"/organisation/personen/{person.id}/oeffnen").status_code == 303
    db.session.rollback()
    assert db.session.get_one(Person, person.id).state == "active"


DEEDS = [("rolle-geben", {"role": "juror"}), ("rolle-nehmen", {"role": "juror"}), ("abmelden", {}), ("schliessen", {}),
         ("oeffnen", {})]  # fmt: skip


@pytest.mark.parametrize("roles", [None, (), ("juror",), ("moderator",)])
@pytest.mark.parametrize(("deed", "data"), DEEDS)
def test_nobody_else_does_what_organisers_do(client, roles, deed, data):
    person = a_person("moderator")
    if roles is not None:
        client.sign_in(a_person(*roles))
    answer = client.post(f"/organisation/personen/{person.id}/{deed}", data=data)
    assert answer.status_code in (401, 403)
    db.session.rollback()
    assert (roles_of(person), db.session.get_one(Person, person.id).state) == (["moderator"], "active")
    assert client.get("/organisation/personen").status_code in (302, 403)


@pytest.mark.parametrize("deed", ["abmelden", "schliessen", "oeffnen"])
def test_an_organiser_does_not_do_what_administrators_do(client, deed):
    client.sign_in(a_person("organiser"))
    assert client.post(f"/organisation/personen/{a_person().id}/{deed}").status_code == 403


@pytest.mark.parametrize("number", [0, 99999, 2**31, 10**30])
def test_a_person_that_is_not_there_is_not_found(client, number):
    client.sign_in(a_person("administrator"))
    assert client.get(f"/organisation/personen/{number}").status_code == 404
