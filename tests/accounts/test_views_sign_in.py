import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from argon2 import PasswordHasher

from ideenlab.accounts.actions import end_sign_ins, give_role, set_password, take_role
from ideenlab.accounts.models import FailedTry, SignIn
from ideenlab.core import passwords
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.mail.models import Mail
from tests.factories import a_person

PASSWORD = "kaffee & kuchen"


@pytest.fixture(scope="module")
def password_hash():
    return PasswordHasher(1, 8, 1).hash(PASSWORD)


@pytest.fixture(autouse=True)
def light_hashing(monkeypatch):
    """Real argon2 with less memory for what does not exist: what is stored keeps its full price."""
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: PasswordHasher(1, 8, 1).hash("nobody"))


def mails():
    db.session.rollback()
    return db.session.query(Mail).order_by(Mail.id).all()


def code_in(mail):
    return re.search(r"\b[0-9]{8}\b", mail.text)[0]


def sign_in(client, person, password=PASSWORD, network="192.0.2.1", **more):
    given = {"email": person.email, "password": password, **more}
    return client.post("/anmelden", data=given, environ_base={"REMOTE_ADDR": network})


def is_signed_in(client):
    return client.get("/konto").status_code == 200


def test_a_code_by_mail_signs_in_where_it_was_asked_for_and_once(client, app):
    person = a_person()
    asked = client.post("/anmelden", data={"email": person.email.upper()})
    assert (asked.status_code, asked.location) == (303, "/anmelden/code")
    code = code_in(mails()[0])
    elsewhere = app.test_client()
    elsewhere.post("/anmelden", data={"email": "other@example.org"})
    assert elsewhere.post("/anmelden/code", data={"code": code}).status_code == 422
    done = client.post("/anmelden/code", data={"code": f" {code[:4]} {code[4:]} "})
    assert (done.status_code, done.location) == (303, "/mein-bereich")
    assert is_signed_in(client)
    with client.session_transaction() as session:
        assert "asked_for" not in session


def test_a_code_dies_after_ten_minutes_and_when_there_is_a_newer_one(client):
    person = a_person()
    client.post("/anmelden", data={"email": person.email})
    old = code_in(mails()[0])
    client.post("/anmelden", data={"email": person.email})
    assert client.post("/anmelden/code", data={"code": old}).status_code == 422
    new = code_in(mails()[1])
    with time_machine.travel(now() + timedelta(minutes=10, seconds=1)):
        assert client.post("/anmelden/code", data={"code": new}).status_code == 422


@pytest.mark.parametrize(
    "code", ["", "00000000", "null", "0", "1234567", "１２３４５６７８", "0" * 500, "' OR 1=1", "\x00"]
)
def test_what_is_no_code_signs_nobody_in(client, code):
    client.post("/anmelden", data={"email": a_person().email})
    answer = client.post("/anmelden/code", data={"code": code})
    assert answer.status_code == 422
    assert not is_signed_in(client)


@pytest.mark.parametrize("data", [{}, {"code[]": "12345678"}, {"code": ["1", "2"]}])
def test_a_code_in_another_shape_is_no_code(client, data):
    client.post("/anmelden", data={"email": a_person().email})
    assert client.post("/anmelden/code", data=data).status_code == 422


def test_a_code_is_only_tried_five_times(client):
    client.post("/anmelden", data={"email": a_person().email})
    code = code_in(mails()[0])
    wrong = str((int(code) + 1) % 10**8).zfill(8)
    answers = [client.post("/anmelden/code", data={"code": wrong}).status_code for _try in range(6)]
    assert answers == [422] * 5 + [429]
    assert client.post("/anmelden/code", data={"code": code}).status_code == 429
    assert not is_signed_in(client)


def test_the_code_page_needs_somebody_who_asked(client):
    assert client.get("/anmelden/code").location == "/anmelden"


def test_a_password_signs_in_and_leads_where_one_wanted_to_go(client, password_hash):
    person = a_person(password_hash=password_hash)
    assert client.get("/konto/passwort?x=1").location == "/anmelden?next=/konto/passwort?x%3D1"
    page = client.get("/anmelden?next=/konto/passwort?x%3D1").text
    assert 'name="next" type="hidden" value="/konto/passwort?x=1"' in page
    assert sign_in(client, person, next="/konto/passwort?x=1").location == "/konto/passwort?x=1"
    assert client.get("/anmelden").location == "/mein-bereich"


@pytest.mark.parametrize("state", ["unconfirmed", "waiting_for_guardian", "closed"])
def test_the_right_password_of_an_account_that_is_not_active_looks_wrong(client, password_hash, state):
    person = a_person(password_hash=password_hash, state=state)
    right, wrong = sign_in(client, person), sign_in(client, a_person())
    assert right.status_code == wrong.status_code == 422
    assert masked(right.text) == masked(wrong.text)


def masked(page):
    return re.sub(r'value="[^"]*"', "", page)


HOSTILE = [
    "//evil.example", "///evil.example", "////evil.example/..", "/\\evil.example", "\\evil.example", "\\/evil.example",
    "\\\\evil.example", "https://evil.example", "http:evil.example", "HTTPS://evil.example", "ftp://evil.example",
    "javascript:alert(1)", "data:text/html,x", "vbscript:x", "evil.example", "@evil.example", "?next=//evil.example",
    "#//evil.example", " //evil.example", "\t//evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r/evil.example",
    "/\x00/evil.example", "/ok\r\nSet-Cookie: a=b", "/ok\nLocation: //evil.example", "\u2028//evil.example",
    "/\u2028/evil.example", "/\u202e/evil", "/\u200b/evil.example\u200b", "//evil.example%2f..",
    "https:/evil.example",
    "https:\\evil.example", "//[::1]/", "//127.0.0.1", "//localhost@evil.example", "///localhost", "\x0b//evil.example",
    "\u3000//evil.example", "/" + "a" * 3000, "mailto:a@evil.example", "//user:pw@evil.example:80/", ".evil.example",
]  # fmt: skip


@pytest.mark.parametrize("target", HOSTILE)
def test_nobody_is_sent_to_another_host_after_signing_in(client, password_hash, target):
    person = a_person(password_hash=password_hash)
    refused = sign_in(client, person, "wrong", next=target)
    assert re.search(r'name="next"[^>]* value=""', refused.text)
    assert sign_in(client, person, next=target).location == "/mein-bereich"


@pytest.mark.parametrize("target", ["/ideen", "/idee/3?sort=newest#k4", "/en/ideen", "/hackathon/2027/teams"])
def test_our_own_pages_are_fine(client, password_hash, target):
    assert sign_in(client, a_person(password_hash=password_hash), next=target).location == target


def test_five_wrong_passwords_slow_this_network_only_and_the_owner_gets_in_from_elsewhere(client, app, password_hash):
    person = a_person(password_hash=password_hash)
    answers = [sign_in(client, person, f"wrong {number}").status_code for number in range(7)]
    assert answers == [422] * 5 + [429] * 2
    assert sign_in(client, person).status_code == 429
    assert sign_in(app.test_client(), person, network="198.51.100.7").status_code == 303
    assert sign_in(client, a_person(password_hash=password_hash)).status_code == 303
    with time_machine.travel(now() + timedelta(minutes=15, seconds=1)):
        assert sign_in(app.test_client(), person).status_code == 303


def test_a_neighbourhood_of_networks_is_slowed_together(client, app, password_hash):
    person = a_person(password_hash=password_hash)
    for number in range(20):
        assert sign_in(client, person, "wrong", network=f"192.0.2.{number}").status_code == 422
    assert sign_in(client, person, network="192.0.2.99").status_code == 429
    assert sign_in(app.test_client(), person, network="192.0.3.1").status_code == 303


def test_an_unknown_address_is_slowed_as_a_known_one(client):
    known = [sign_in(client, a_person(email="known@example.org"), "wrong").status_code for _try in range(1)]
    for email in ("known@example.org", "unknown@example.org"):
        codes = [
            client.post("/anmelden", data={"email": email, "password": "wrong pass"}).status_code for _try in range(6)
        ]
        known.append(codes.count(429))
    assert known == [422, 1, 1]


def test_the_right_password_clears_the_earlier_typing_errors(client, app, password_hash):
    person = a_person(password_hash=password_hash)
    for _round in range(3):
        for number in range(4):
            assert sign_in(client, person, f"wrong {number}").status_code == 422
        assert sign_in(app.test_client(), person).status_code == 303
    assert db.session.query(FailedTry).count() == 0


@pytest.mark.parametrize("state", [None, "active", "unconfirmed", "waiting_for_guardian", "closed"])
@pytest.mark.parametrize("path", ["/anmelden", "/passwort-vergessen"])
def test_asking_for_a_mail_never_tells_who_has_an_account(client, path, state):
    if state:
        a_person(email="nora@example.org", state=state)
    answer = client.post(path, data={"email": "nora@example.org"})
    page = client.get(answer.location)
    assert (answer.status_code, page.status_code) == (303, 200)
    assert answer.location in ("/anmelden/code", "/passwort-vergessen/gesendet")
    assert "nora@example.org" in {mail.recipient for mail in mails()}


@pytest.mark.parametrize("length", [129, 10_000, 900_000])
def test_an_endless_password_is_refused_before_hashing(client, password_hash, monkeypatch, length):
    person = a_person(password_hash=password_hash)
    monkeypatch.setattr("ideenlab.core.passwords._hasher", None)
    assert sign_in(client, person, "x" * length).status_code == 422


def test_a_body_over_the_limit_is_refused(client):
    answer = client.post("/anmelden", data={"email": "a@x.de", "password": "x" * 1_000_001})
    assert answer.status_code == 413


# What ends a sign-in at once (P15)


def sign_out(client, person):
    client.post("/abmelden")


def change_password(client, person):
    with transaction():
        set_password(person, password_hash="other")


def lose_a_role(client, person):
    with transaction():
        give_role(None, person=person, name="juror")
    with transaction():
        take_role(None, person=person, name="juror")


def sign_out_everywhere(client, person):
    client.post("/konto/anmeldungen/beenden")


def close(client, person):
    with transaction():
        person.state = "closed"
        db.session.add(person)


def be_deleted(client, person):
    with transaction():
        end_sign_ins(person)
        db.session.delete(person)


@pytest.mark.parametrize("event", [sign_out, change_password, lose_a_role, sign_out_everywhere, close, be_deleted])
def test_a_copied_cookie_is_dead_after(client, app, password_hash, event):
    person = a_person(password_hash=password_hash)
    sign_in(client, person)
    thief = app.test_client()
    thief.set_cookie("session", client.get_cookie("session").value)
    assert is_signed_in(thief)
    event(client, person)
    assert not is_signed_in(thief)


def test_signing_out_empties_the_browser_and_needs_a_post_with_a_token(client, password_hash):
    sign_in(client, a_person(password_hash=password_hash))
    assert client.get("/abmelden").status_code == 405
    assert client.post("/abmelden", csrf=False).status_code == 400
    assert is_signed_in(client)
    answer = client.post("/abmelden")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)
    assert client.post("/abmelden").status_code == 303


def test_a_new_sign_in_is_a_new_session(client, password_hash):
    client.get("/anmelden")
    with client.session_transaction() as session:
        session["planted"] = "by an attacker"
    sign_in(client, a_person(password_hash=password_hash))
    with client.session_transaction() as session:
        assert "planted" not in session


def test_a_foreign_token_changes_nothing(client, app, password_hash):
    person = a_person(password_hash=password_hash)
    sign_in(client, person)
    foreign = app.test_client().csrf_token()[:-3] + "abc"
    answer = client.post("/abmelden", csrf=False, headers={"X-CSRFToken": foreign})
    assert answer.status_code == 400
    assert is_signed_in(client)


def test_when_somebody_was_last_seen_is_kept_now_and_then(client, password_hash):
    person = a_person(password_hash=password_hash)
    sign_in(client, person)
    with time_machine.travel(now() + timedelta(minutes=5), tick=False):
        client.get("/konto")
        from ideenlab.accounts.access import last_seen

        last_seen.write_if_due(at_once=True)
        db.session.rollback()
        assert db.session.query(SignIn).one().last_seen_at == now()


@pytest.mark.parametrize(("minutes", "inside"), [(59, True), (61, False)])
def test_staff_are_signed_out_after_an_idle_hour(client, minutes, inside):
    client.sign_in(a_person("moderator"))
    with time_machine.travel(now() + timedelta(minutes=minutes)):
        assert is_signed_in(client) is inside


def test_staff_without_a_second_step_reach_only_its_set_up(client):
    person = a_person("organiser")
    client.sign_in(person, second_factor=False)
    assert client.get("/konto").location == "/konto/zweiter-schritt"
    assert client.get("/organisation/personen").location == "/konto/zweiter-schritt"
    assert client.post("/organisation/personen/1/rolle-geben", data={"role": "juror"}).status_code == 401
    assert "Mein Bereich" not in client.get("/so-funktioniert-es").text


def test_who_has_a_second_step_is_asked_for_it(client, password_hash):
    person = a_person(password_hash=password_hash, totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
    assert sign_in(client, person, next="/konto/anmeldungen").location == "/anmelden/zweiter-schritt"
    assert client.get("/konto").location == "/anmelden/zweiter-schritt"
    code = pyotp.TOTP(person.totp_secret).now()
    done = client.post("/anmelden/zweiter-schritt", data={"code": code})
    assert (done.status_code, done.location) == (303, "/konto/anmeldungen")
    assert is_signed_in(client)
    again = client.application.test_client()
    sign_in(again, person)
    assert again.post("/anmelden/zweiter-schritt", data={"code": code}).status_code == 422
