import re

import pytest

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person_by_email
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.mail.models import Mail
from tests.factories import a_person

GIVEN = {"pseudonym": "Nachteule", "email": "nora@example.org", "age_band": "adult"}


def mails(recipient=None):
    db.session.rollback()
    found = db.session.query(Mail).order_by(Mail.id).all()
    return [mail for mail in found if recipient in (None, mail.recipient)]


def link_in(mail):
    return re.search(r"http://localhost(/\S+)", mail.text)[1]


def people():
    db.session.rollback()
    return {person.email: person.state for person in db.session.query(Person)}


def test_somebody_signs_up_confirms_with_a_button_and_is_signed_in(client):
    assert client.get("/registrieren").status_code == 200
    sent = client.post("/registrieren", data=GIVEN)
    assert (sent.status_code, sent.location) == (303, "/registrieren/gesendet")
    assert "nora@example.org" in client.get(sent.location).text
    assert people() == {"nora@example.org": "unconfirmed"}
    [mail] = mails()
    assert (mail.recipient, mail.subject) == ("nora@example.org", "Bestätigen Sie Ihr Konto")
    link = link_in(mail)
    for _time in range(3):
        assert "Konto bestätigen" in client.get(link).text
    assert people() == {"nora@example.org": "unconfirmed"}
    done = client.post(link, data={"pseudonym": "Nachteule"})
    assert (done.status_code, done.location) == (303, "/mein-bereich")
    assert people() == {"nora@example.org": "active"}
    assert client.get("/konto").status_code == 200
    assert client.post(link, data={"pseudonym": "Nachteule"}).status_code == 410
    assert "Neuen Link anfordern" in client.get(link).text


def test_under_16_a_guardian_agrees_first(client):
    young = {**GIVEN, "age_band": "under_16", "guardian_email": "mutter@example.org"}
    client.post("/registrieren", data=young)
    assert client.post(link_in(mails()[0]), data={"pseudonym": "Nachteule"}).location == "/registrieren/warten"
    assert people() == {"nora@example.org": "waiting_for_guardian"}
    assert client.get("/konto").location.startswith("/anmelden")
    [guardian] = mails("mutter@example.org")
    assert guardian.subject == "Darf Ihr Kind mitmachen?"
    link = link_in(guardian)
    for _time in range(3):
        assert "Nachteule" in client.get(link).text
    assert people() == {"nora@example.org": "waiting_for_guardian"}
    assert client.post(link).location == "/registrieren/zugestimmt"
    assert people() == {"nora@example.org": "active"}
    assert mails("nora@example.org")[-1].subject == "Ihr Konto ist fertig"
    assert client.post(link).status_code == 410


@pytest.mark.parametrize(
    ("changed", "field", "text"),
    [
        ({"pseudonym": ""}, "pseudonym", "Bitte geben Sie ein Pseudonym ein."),
        ({"pseudonym": "\u200b \u2800"}, "pseudonym", "Bitte geben Sie ein Pseudonym ein."),
        ({"pseudonym": "x" * 61}, "pseudonym", "Das ist 1 Zeichen"),
        ({"pseudonym": "Аdmin"}, "pseudonym", "Dieser Name klingt amtlich."),
        ({"pseudonym": "VERGEBEN"}, "pseudonym", "Dieses Pseudonym ist vergeben."),
        ({"email": "a@b"}, "email", "Bitte geben Sie eine E-Mail-Adresse ein"),
        ({"email": "a@x.de\r\nBcc: v@y.de"}, "email", "Bitte geben Sie eine E-Mail-Adresse ein"),
        ({"email": "a@x.de,b@y.de"}, "email", "Bitte geben Sie eine E-Mail-Adresse ein"),
        ({"email": "x" * 400 + "@x.de"}, "email", "Bitte höchstens 254 Zeichen."),
        ({"age_band": ""}, "age_band", "Bitte wählen Sie Ihr Alter."),
        ({"age_band": "staff"}, "age_band", "Bitte wählen Sie Ihr Alter."),
        ({"age_band": "under_16"}, "guardian_email", "Unter 16 brauchen wir"),
        ({"age_band": "under_16", "guardian_email": "NORA@example.org"}, "guardian_email", "eine andere Adresse"),
        ({"password": "kurz"}, "password", "Bitte mindestens 8 Zeichen."),
        ({"password": "Nachteule1"}, "password", "leicht zu erraten"),
        ({"password": "x" * 129}, "password", "Das ist 1 Zeichen"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_field_and_everything_else_is_kept(client, changed, field, text):
    a_person(pseudonym="Vergeben")
    given = {**GIVEN, **changed}
    page = client.post("/registrieren", data=given)
    assert page.status_code == 422
    error = re.search(rf'id="{field}-error".*?</p>', page.text, re.DOTALL)
    assert error is not None, re.findall(r'id="\w+-error".*?</p>', page.text, re.DOTALL)
    assert text in error[0]
    assert mails() == []
    for name in {"pseudonym", "email"} - set(changed):
        assert f'value="{GIVEN[name]}"' in page.text
    assert given.get("password", "no password") not in page.text


@pytest.mark.parametrize("state", [None, "unconfirmed", "active", "waiting_for_guardian", "closed"])
def test_signing_up_never_tells_who_has_an_account(client, state):
    if state:
        a_person(email="nora@example.org", pseudonym="Nora", state=state)
    answer = client.post("/registrieren", data=GIVEN)
    assert (answer.status_code, answer.location) == (303, "/registrieren/gesendet")
    assert "nora@example.org" in client.get(answer.location).text
    assert [mail.recipient for mail in mails()] == ["nora@example.org"]


def test_the_owner_of_an_account_is_told_and_nothing_of_theirs_changes(client):
    owner = a_person(email="nora@example.org", pseudonym="Nora", password_hash="kept", age_band="adult")
    client.post("/registrieren", data={**GIVEN, "password": "fremdes Passwort"})
    [mail] = mails()
    assert mail.subject == "Sie haben schon ein Konto"
    db.session.refresh(owner)
    assert (owner.pseudonym, owner.password_hash) == ("Nora", "kept")


def test_a_pseudonym_is_taken_only_once_somebody_confirmed_it(client, app):
    client.post("/registrieren", data=GIVEN)
    other = app.test_client()
    assert other.post("/registrieren", data={**GIVEN, "email": "second@example.org"}).status_code == 303
    first, second = link_in(mails("nora@example.org")[0]), link_in(mails("second@example.org")[0])
    assert client.post(first, data={"pseudonym": "Nachteule"}).status_code == 303
    refused = other.post(second, data={"pseudonym": "NACHTEULE"})
    assert refused.status_code == 422
    assert "Dieses Pseudonym ist vergeben." in refused.text
    assert other.post(second, data={"pseudonym": "Nachteule 2"}).status_code == 303


def test_a_password_set_by_a_stranger_is_dropped_when_the_owner_confirms(client, app):
    client.post("/registrieren", data={**GIVEN, "password": "gewählt von Fremden"})
    owner = app.test_client()
    owner.post(link_in(mails()[0]), data={"pseudonym": "Nachteule"})
    assert find_person_by_email("nora@example.org").password_hash is None


def test_a_password_of_the_same_browser_holds(client):
    client.post("/registrieren", data={**GIVEN, "password": "kaffee & kuchen"})
    client.post(link_in(mails()[0]), data={"pseudonym": "Nachteule"})
    client.post("/abmelden")
    answer = client.post("/anmelden", data={"email": "nora@example.org", "password": "kaffee & kuchen"})
    assert (answer.status_code, answer.location) == (303, "/mein-bereich")


def test_only_the_latest_link_works(client):
    client.post("/registrieren", data=GIVEN)
    client.post("/registrieren", data={**GIVEN, "pseudonym": "Zweite Eule"})
    first, second = (link_in(mail) for mail in mails())
    assert client.get(first).status_code == 410
    assert "Zweite Eule" in client.get(second).text


def test_an_address_gets_only_some_mails_an_hour_and_nobody_sees_when_it_was_enough(client):
    answers = {(client.post("/registrieren", data=GIVEN).status_code) for _time in range(8)}
    assert answers == {303}
    assert len(mails()) == 5


def test_a_hall_of_150_signs_up_from_one_network(client):
    for number in range(150):
        given = {**GIVEN, "pseudonym": f"Gast {number}", "email": f"gast{number}@example.org"}
        assert client.post("/registrieren", data=given).status_code == 303
    assert len(mails()) == 150


@pytest.mark.parametrize("name", ["is_admin", "roles", "state", "role", "id", "totp_confirmed_at", "is_demo"])
def test_fields_that_are_not_in_the_form_change_nothing(client, name):
    client.post("/registrieren", data={**GIVEN, name: "1", "state": "active", "role": "administrator"})
    person = find_person_by_email("nora@example.org")
    assert (person.state, person.roles, person.is_demo, person.totp_confirmed_at) == ("unconfirmed", [], False, None)


@pytest.mark.parametrize("path", ["/registrieren", "/registrieren/bestaetigen/x", "/anmelden", "/passwort-vergessen"])
def test_without_a_token_nothing_happens_and_what_was_typed_is_shown(client, path):
    page = client.post(path, data={**GIVEN, "password": "kaffee & kuchen"}, csrf=False)
    assert page.status_code == 400
    assert "Nachteule" in page.text
    assert "kaffee" not in page.text
    assert mails() == []


def test_a_signed_in_person_needs_no_second_account(client):
    client.sign_in(a_person())
    assert client.get("/registrieren").location == "/mein-bereich"


def test_names_stay_data_in_mails(client):
    name = "{{7*7}} %s <b>"
    client.post("/registrieren", data={**GIVEN, "pseudonym": name})
    assert f"Guten Tag {name}," in mails()[0].text


def test_an_old_password_hash_is_never_reused(client):
    kept = hash_password("kaffee & kuchen")
    with transaction():
        db.session.add(Person(pseudonym="", pseudonym_folded="?", email="nora@example.org", password_hash=kept))
    client.post("/registrieren", data=GIVEN)
    assert find_person_by_email("nora@example.org").password_hash is None
