import re

import pyotp
import pytest

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from tests.factories import a_person


def fresh(person):
    db.session.rollback()
    return db.session.get_one(Person, person.id)


def protected(client, *roles):
    person = a_person(*roles, totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
    client.sign_in(person)
    return person


def test_an_organiser_sets_the_second_step_up_and_is_in(client):
    person = a_person("organiser")
    client.sign_in(person, second_factor=False)
    assert client.get("/konto").location == "/konto/zweiter-schritt"
    for _time in range(2):
        assert "data:image/svg" not in client.get("/konto/zweiter-schritt").text
    assert fresh(person).totp_secret is None
    assert client.post("/konto/zweiter-schritt", data={"step": "begin"}).status_code == 303
    page = client.get("/konto/zweiter-schritt").text
    assert 'src="data:image/svg+xml' in page
    secret = fresh(person).totp_secret
    assert secret in page.replace(" ", "")
    wrong = client.post("/konto/zweiter-schritt", data={"code": "000000"})
    assert wrong.status_code == 422
    assert "Dieser Code stimmt nicht" in wrong.text
    codes = client.post("/konto/zweiter-schritt", data={"code": pyotp.TOTP(secret).now()})
    assert len(set(re.findall(r"\d{4} \d{4} \d{4}", codes.text))) == 10
    assert client.get("/konto").status_code == 200
    assert "10 Ersatzcodes" in client.get("/konto/zweiter-schritt").text
    assert not re.findall(r"\d{4} \d{4} \d{4}", client.get("/konto/zweiter-schritt").text)


def test_a_recovery_code_signs_in(client, app):
    person = protected(client)
    page = client.post("/konto/zweiter-schritt/codes", data={"code": pyotp.TOTP(person.totp_secret).now()})
    code = re.search(r"\d{4} \d{4} \d{4}", page.text)[0]
    other = app.test_client()
    other.sign_in(person, second_factor=False)
    assert other.post("/anmelden/zweiter-schritt", data={"code": code}).status_code == 303
    assert other.get("/konto").status_code == 200


def test_guessing_the_second_step_is_slowed(client):
    person = a_person(totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
    client.sign_in(person, second_factor=False)
    for number in range(5):
        assert "stimmt nicht" in client.post("/anmelden/zweiter-schritt", data={"code": f"{number:012}"}).text
    last = client.post("/anmelden/zweiter-schritt", data={"code": pyotp.TOTP(person.totp_secret).now()})
    assert "zu viele Versuche" in last.text
    assert client.get("/konto").location == "/anmelden/zweiter-schritt"


def test_it_is_switched_off_with_a_code_by_those_who_may(client):
    person = protected(client)
    assert client.post("/konto/zweiter-schritt/abschalten", data={"code": "000000"}).status_code == 422
    code = pyotp.TOTP(person.totp_secret).now()
    assert client.post("/konto/zweiter-schritt/abschalten", data={"code": code}).status_code == 303
    assert fresh(person).totp_confirmed_at is None


def test_staff_cannot_switch_it_off(client):
    person = protected(client, "moderator")
    assert "abschalten" not in client.get("/konto/zweiter-schritt").text
    code = pyotp.TOTP(person.totp_secret).now()
    assert client.post("/konto/zweiter-schritt/abschalten", data={"code": code}).status_code == 403
    assert fresh(person).totp_confirmed_at is not None


@pytest.mark.parametrize("path", ["/konto/zweiter-schritt/codes", "/konto/zweiter-schritt/abschalten"])
def test_without_a_second_step_there_is_nothing_to_change(client, path):
    client.sign_in(a_person())
    assert client.get(path).location == "/konto/zweiter-schritt"


def test_somebody_without_the_second_step_cannot_renew_it(client):
    person = a_person(totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
    client.sign_in(person, second_factor=False)
    assert client.get("/konto/zweiter-schritt").location == "/anmelden/zweiter-schritt"
    assert client.post("/konto/zweiter-schritt", data={"step": "begin"}).location == "/anmelden/zweiter-schritt"
    assert client.get("/konto/zweiter-schritt/codes").location == "/anmelden/zweiter-schritt"
