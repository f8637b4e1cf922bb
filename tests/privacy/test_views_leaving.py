"""Somebody looks at what becomes of everything, and leaves."""

import re

import pytest

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.passwords import hash_password
from ideenlab.ideas.models import Idea
from tests.accounts.test_views_profile import mails
from tests.factories import a_comment, a_person, an_idea

PASSWORD = "kaffee & kuchen"


def test_who_shows_that_it_is_them_is_gone(client, app):
    person = a_person(pseudonym="Nachteule", email="eule@example.org", password_hash=hash_password(PASSWORD))
    number, idea = person.id, an_idea(author=person).id
    a_comment(an_idea(title="Bänke"), person)
    client.sign_in(person)
    assert 'href="/konto/loeschen"' in client.get("/konto/daten").text
    page = client.get("/konto/loeschen").text
    assert re.search(r"Ideen, auf die niemand aufgebaut hat</t[dh]>\s*<td[^>]*>1<", page)
    assert client.post("/konto/loeschen", data={"password": PASSWORD}).status_code == 422
    refused = client.post("/konto/loeschen", data={"way": "everything", "password": "falsch"})
    assert (refused.status_code, db.session.get(Person, number)) == (422, person)
    answer = client.post("/konto/loeschen", data={"way": "everything", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/konto/geloescht")
    db.session.expire_all()
    assert (db.session.get(Person, number), db.session.get(Idea, idea)) == (None, None)
    assert "Ihr Konto ist gelöscht" in client.get("/konto/geloescht").text
    assert client.get("/konto/daten").location.startswith("/anmelden")


def test_a_code_by_mail_does_it_too_and_the_texts_stay(client, app):
    person = a_person(email="gast@example.org")
    idea = an_idea(author=person)
    client.sign_in(person)
    assert client.post("/konto/loeschen/code").location == "/konto/loeschen"
    code = re.search(r"\b(\d{8})\b", mails("gast@example.org")[-1].text.replace(" ", ""))
    assert code
    assert client.post("/konto/loeschen", data={"way": "nameless", "code": code[1]}).status_code == 303
    db.session.expire_all()
    assert (idea.state, idea.author_id) == ("published", None)
    assert mails("gast@example.org") == []


@pytest.mark.parametrize("others", [0, 1])
def test_the_last_administrator_is_told_why_not(client, app, others):
    boss = a_person("administrator", totp_confirmed_at=None)
    for _number in range(others):
        a_person("administrator")
    client.sign_in(boss)
    page = client.get("/konto/loeschen").text
    assert ("Geben Sie die Rolle" in page) is (others == 0), page
