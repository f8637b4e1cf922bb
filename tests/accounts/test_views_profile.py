import re
from datetime import timedelta

import pytest
import time_machine

from ideenlab.accounts.actions import issue_token
from ideenlab.accounts.queries import find_token
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password, is_password
from ideenlab.mail.models import Mail
from tests.factories import a_person

PASSWORD = "kaffee & kuchen"
NEW = "neu@example.org"


@pytest.fixture(scope="module")
def password_hash():
    return hash_password(PASSWORD)


@pytest.fixture
def person(app, password_hash):
    return a_person(pseudonym="Nachteule", email="alt@example.org", password_hash=password_hash)


@pytest.fixture
def inside(client, person):
    client.sign_in(person)
    return client


def mails(recipient):
    db.session.rollback()
    return db.session.query(Mail).filter_by(recipient=recipient).order_by(Mail.id).all()


def link_to(recipient):
    return re.search(r"http://localhost(/\S+/\S+)", mails(recipient)[-1].text)[1]


def fresh(person):
    db.session.rollback()
    db.session.refresh(person)
    return person


def test_pseudonym_and_language_are_changed(inside, person):
    answer = inside.post("/konto", data={"pseudonym": "  Frühe\u200bEule ", "language": "en"})
    assert (answer.status_code, answer.location) == (303, "/konto")
    assert (fresh(person).pseudonym, person.pseudonym_folded, person.language) == ("FrüheEule", "frueheeule", "en")


@pytest.mark.parametrize("pseudonym", ["", "\u3164", "x" * 61, "moderation", "Vergeben"])
def test_a_pseudonym_that_cannot_be_used_is_refused_and_kept_in_the_form(inside, person, pseudonym):
    a_person(pseudonym="vergeben")
    answer = inside.post("/konto", data={"pseudonym": pseudonym, "language": "de"})
    assert answer.status_code == 422
    assert 'id="pseudonym-error"' in answer.text
    assert fresh(person).pseudonym == "Nachteule"


@pytest.mark.parametrize("name", ["state", "email", "roles", "is_demo", "password_hash", "age_band", "id"])
def test_other_fields_cannot_be_set(inside, person, name):
    before = (person.email, person.state, person.is_demo, person.password_hash, person.age_band, person.id)
    inside.post("/konto", data={"pseudonym": "Nachteule", "language": "de", name: "1"})
    after = (fresh(person).email, person.state, person.is_demo, person.password_hash, person.age_band, person.id)
    assert (before, person.roles) == (after, [])


def test_a_password_is_changed_with_the_old_one_and_others_are_signed_out(inside, app, person):
    elsewhere = app.test_client()
    elsewhere.sign_in(person)
    answer = inside.post("/konto/passwort", data={"old_password": PASSWORD, "password": "zwölf Bäume im Hof"})
    assert (answer.status_code, answer.location) == (303, "/konto")
    assert is_password("zwölf Bäume im Hof", fresh(person).password_hash)
    assert inside.get("/konto").status_code == 200
    assert elsewhere.get("/konto").status_code == 302
    assert mails("alt@example.org")[-1].subject == "Ihr Passwort wurde geändert"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", "zwölf Bäume im Hof", "old_password"), ("", "zwölf Bäume im Hof", "old_password"),
        (PASSWORD, "kurz", "password"), (PASSWORD, "Nachteule1", "password"), (PASSWORD, "", "password"),
        (PASSWORD, "x" * 129, "password"), (PASSWORD, "Ideenlab2026", "password"),
    ],
)  # fmt: skip
def test_a_password_is_not_changed_without_the_old_or_to_an_easy_one(inside, person, old, new, field):
    answer = inside.post("/konto/passwort", data={"old_password": old, "password": new})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert is_password(PASSWORD, fresh(person).password_hash)


def test_guessing_the_old_password_is_slowed(inside, person):
    given = {"old_password": "wrong", "password": "zwölf Bäume im Hof"}
    pages = [inside.post("/konto/passwort", data=given).text for _try in range(6)]
    assert ["zu viele Versuche" in page for page in pages] == [False] * 5 + [True]
    given["old_password"] = PASSWORD
    assert inside.post("/konto/passwort", data=given).status_code == 422


def test_who_has_no_password_sets_one_with_a_code_from_the_mailbox(client):
    person = a_person(email="ohne@example.org")
    client.sign_in(person)
    assert client.post("/konto/adresse/code", data={"for": "password"}).location == "/konto/passwort"
    code = re.search(r"\b[0-9]{4} ?[0-9]{4}\b", mails("ohne@example.org")[-1].text)[0]
    assert 'name="code"' in client.get("/konto/passwort").text
    given = {"password": "zwölf Bäume im Hof", "code": code}
    assert client.post("/konto/passwort", data=given).status_code == 303
    assert is_password("zwölf Bäume im Hof", fresh(person).password_hash)
    assert client.get("/konto").status_code == 200


@pytest.mark.parametrize("code", ["", "12345678", "0", None])
def test_an_open_browser_is_not_enough_to_set_a_password(client, code):
    person = a_person(email="ohne@example.org")
    client.sign_in(person)
    client.post("/konto/adresse/code", data={"for": "password"})
    given = {"password": "zwölf Bäume im Hof"} | ({} if code is None else {"code": code})
    answer = client.post("/konto/passwort", data=given)
    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text
    assert fresh(person).password_hash is None


def test_guessing_the_code_for_a_first_password_is_slowed(client):
    person = a_person(email="ohne@example.org")
    client.sign_in(person)
    given = {"password": "zwölf Bäume im Hof", "code": "12345678"}
    pages = [client.post("/konto/passwort", data=given).text for _try in range(6)]
    assert ["zu viele Versuche" in page for page in pages] == [False] * 5 + [True]


def test_an_address_is_changed_by_its_new_owner_and_the_old_one_is_told(inside, app, person):
    with transaction():
        reset = issue_token(person, purpose="password", address=person.email)
    elsewhere = app.test_client()
    elsewhere.sign_in(person)
    asked = inside.post("/konto/adresse", data={"email": NEW, "password": PASSWORD})
    assert (asked.status_code, asked.location) == (303, "/konto/adresse/gesendet")
    assert fresh(person).email == "alt@example.org"
    link = link_to(NEW)
    for _time in range(3):
        assert inside.get(link).status_code == 200
    assert fresh(person).email == "alt@example.org"
    assert inside.post(link).location == "/konto"
    assert fresh(person).email == NEW
    assert mails("alt@example.org")[-1].subject == "Ihre Adresse wurde geändert"
    assert find_token(reset, purpose="password") is None
    assert elsewhere.get("/konto").status_code == 302
    assert inside.post(link).status_code == 410


def test_without_a_password_a_code_to_the_present_address_proves_it(client):
    person = a_person(email="alt@example.org")
    client.sign_in(person)
    assert client.post("/konto/adresse", data={"email": NEW}).status_code == 422
    assert client.post("/konto/adresse/code").status_code == 303
    code = re.search(r"\b\d{8}\b", mails("alt@example.org")[0].text)[0]
    wrong = client.post("/konto/adresse", data={"email": NEW, "code": "00000000"})
    assert wrong.status_code == 422
    assert f'value="{NEW}"' in wrong.text
    assert client.post("/konto/adresse", data={"email": NEW, "code": code}).status_code == 303
    assert client.post("/konto/adresse", data={"email": NEW, "code": code}).status_code == 422
    assert client.post(link_to(NEW)).status_code == 303
    assert fresh(person).email == NEW


@pytest.mark.parametrize("password", ["", "wrong"])
def test_an_address_is_not_changed_by_who_only_found_the_browser_open(inside, person, password):
    assert inside.post("/konto/adresse", data={"email": NEW, "password": password}).status_code == 422
    assert mails(NEW) == []


def test_a_code_for_signing_in_does_not_change_an_address(inside, app, person):
    with inside.session_transaction() as session:
        session["browser"] = "b"
    with transaction():
        issue_token(person, purpose="sign_in", address=person.email, secret="b:12345678")
    assert inside.post("/konto/adresse", data={"email": NEW, "code": "12345678"}).status_code == 422


def test_the_address_of_somebody_else_is_not_told_apart(inside, person):
    a_person(email=NEW)
    asked = inside.post("/konto/adresse", data={"email": NEW, "password": PASSWORD})
    assert (asked.status_code, asked.location) == (303, "/konto/adresse/gesendet")
    assert mails(NEW)[0].subject == "Diese Adresse hat schon ein Konto"
    assert "Nachteule" not in mails(NEW)[0].text


def test_an_address_that_found_an_owner_meanwhile_stays_theirs(inside, person):
    inside.post("/konto/adresse", data={"email": NEW, "password": PASSWORD})
    link = link_to(NEW)
    a_person(email=NEW)
    assert inside.post(link).status_code == 410
    assert fresh(person).email == "alt@example.org"


def test_a_foreign_sign_up_that_nobody_confirmed_does_not_block_an_address(inside, person):
    a_person(email=NEW, state="unconfirmed")
    inside.post("/konto/adresse", data={"email": NEW, "password": PASSWORD})
    assert inside.post(link_to(NEW)).status_code == 303
    assert fresh(person).email == NEW


@pytest.mark.parametrize(
    "broken", [lambda s: s[:-1], lambda s: s + "x", str.swapcase, lambda s: "x", lambda s: s[::-1]]
)
@pytest.mark.parametrize(
    ("purpose", "path"),
    [
        ("confirm", "/registrieren/bestaetigen/"), ("guardian", "/registrieren/zustimmung/"),
        ("password", "/passwort-neu/"), ("address", "/konto/adresse/"),
    ],
)  # fmt: skip
def test_a_broken_link_is_one_text_and_a_way_to_a_new_one(client, person, purpose, path, broken):
    with transaction():
        secret = issue_token(person, purpose=purpose, address="a@x.de")
    for answer in (client.get(path + broken(secret)), client.post(path + broken(secret), data={"pseudonym": "x"})):
        assert answer.status_code == 410
        assert "Er ist abgelaufen oder wurde schon benutzt." in answer.text
        assert "Neuen Link anfordern" in answer.text


@pytest.mark.parametrize("path", ["/registrieren/bestaetigen/", "/registrieren/zustimmung/", "/konto/adresse/"])
def test_a_link_of_another_purpose_does_not_work(client, person, path):
    with transaction():
        secret = issue_token(person, purpose="password", address=person.email)
    assert client.get(path + secret).status_code == 410


def test_a_forgotten_password_is_set_anew_by_the_owner_of_the_mailbox(client, app, person):
    old = app.test_client()
    old.sign_in(person)
    client.post("/passwort-vergessen", data={"email": "ALT@example.org"})
    link = link_to("alt@example.org")
    for _time in range(3):
        assert client.get(link).status_code == 200
    assert client.post(link, data={"password": "Nachteule"}).status_code == 422
    done = client.post(link, data={"password": "zwölf Bäume im Hof"})
    assert (done.status_code, done.location) == (303, "/anmelden")
    assert client.get("/konto").status_code == 302
    assert old.get("/konto").status_code == 302
    assert client.post(link, data={"password": "noch ein anderes"}).status_code == 410
    assert is_password("zwölf Bäume im Hof", fresh(person).password_hash)


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 410)])
def test_a_link_works_for_an_hour(client, person, minutes, status):
    client.post("/passwort-vergessen", data={"email": "alt@example.org"})
    link = link_to("alt@example.org")
    with time_machine.travel(now() + timedelta(minutes=minutes)):
        assert client.get(link).status_code == status


HOSTS = [
    {"Host": "evil.example"}, {"Host": "localhost@evil.example"}, {"Host": "evil.example:80"},
    {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}, {"X-Original-Host": "evil.example"},
    {"X-Forwarded-Server": "evil.example", "X-Host": "evil.example"}, {"X-Forwarded-Prefix": "//evil.example"},
]  # fmt: skip


@pytest.mark.parametrize("headers", HOSTS)
def test_links_in_mails_point_to_us_whatever_host_a_request_names(client, person, headers):
    for path in ("/passwort-vergessen", "/anmelden"):
        client.post(path, data={"email": "alt@example.org"}, headers=headers)
    client.post("/registrieren", data={"pseudonym": "x", "email": NEW, "age_band": "adult"}, headers=headers)
    db.session.rollback()
    for mail in db.session.query(Mail):
        assert set(re.findall(r"https?://([^/\s]+)", mail.text)) == {"localhost"}
        assert "evil" not in mail.text


def test_somebody_sees_where_they_are_signed_in_and_ends_one(inside, app, person):
    other = app.test_client()
    other.sign_in(person)
    page = inside.get("/konto/anmeldungen").text
    [number] = re.findall(r"/konto/anmeldungen/(\d+)/beenden", page)
    assert inside.post(f"/konto/anmeldungen/{number}/beenden").status_code == 303
    assert other.get("/konto").status_code == 302
    assert inside.get("/konto").status_code == 200


@pytest.mark.parametrize("number", [0, 99999, 2**31, 10**30])
def test_foreign_sign_ins_cannot_be_ended(inside, app, number):
    stranger = app.test_client()
    stranger.sign_in(a_person())
    assert inside.post(f"/konto/anmeldungen/{number}/beenden").status_code == 404


PAGES = ["/konto", "/konto/passwort", "/konto/adresse", "/konto/anmeldungen", "/konto/zweiter-schritt", "/en/konto"]


@pytest.mark.parametrize("path", PAGES)
def test_the_account_is_for_its_owner_and_never_kept_by_a_cache(client, person, path):
    assert client.get(path).status_code == 302
    client.sign_in(person)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
