"""Somebody looks at what is stored about them and takes it along."""

import io
import json
import re
import zipfile

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.history.actions import record
from ideenlab.history.models import Entry
from ideenlab.privacy.rules import PURPOSES
from tests.accounts.test_views_profile import mails
from tests.factories import a_comment, a_hackathon, a_person, a_registration, an_idea

PASSWORD = "kaffee & kuchen"


@pytest.fixture
def person(app):
    return a_person(pseudonym="Nachteule", email="eule@example.org", password_hash=hash_password(PASSWORD))


@pytest.fixture
def inside(client, person):
    client.sign_in(person)
    return client


def test_the_page_says_what_is_there_and_for_what(inside, person):
    an_idea(author=person)
    a_registration(a_hackathon(), person, diet="vegan")
    page = inside.get("/konto/daten").text
    wanted = {"ideas.title", "registrations.diet", "people.password_hash"}
    stored = [each.what for _section, group in PURPOSES for each in group if wanted & {*each.columns}]
    assert len(stored) == 3
    for said in ("eule@example.org", *(str(each) for each in stored)):
        assert said in page
    other = next(each for _section, group in PURPOSES for each in group if "jurors.profile" in each.columns)
    assert str(other.what) not in page
    assert 'href="/konto/daten"' in inside.get("/mein-bereich").text


def test_who_shows_that_it_is_them_gets_everything(inside, person):
    idea = an_idea(author=person, title="Bänke <b>an</b> der Hase")
    a_comment(idea, text="Ein Wort von jemand anderem")
    answer = inside.post("/konto/daten", data={"password": PASSWORD})
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=meine-daten.zip"
    assert answer.headers["Cache-Control"] == "private, no-store"
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert json.loads(archive.read("ideas.json"))[0]["title"] == "Bänke <b>an</b> der Hase"
    readable = archive.read("meine-daten.html").decode()
    assert "Bänke &lt;b&gt;an&lt;/b&gt; der Hase" in readable
    assert "jemand anderem" not in "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("proof", [{}, {"password": "falsch"}, {"code": "12345678"}])
def test_without_proof_nothing_goes_out(inside, person, proof):
    answer = inside.post("/konto/daten", data=proof)
    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert db.session.query(Entry).filter_by(deed="privacy.data_taken").count() == 0


def test_a_sixth_time_within_an_hour_is_refused(inside, person):
    with transaction():
        for _time in range(5):
            record(person, "privacy.data_taken", person)
    answer = inside.post("/konto/daten", data={"password": PASSWORD})
    assert answer.status_code == 422
    assert "Bitte warten Sie eine Stunde" in answer.text


def test_a_code_by_mail_opens_it_too(client, app):
    person = a_person(email="gast@example.org")
    client.sign_in(person)
    assert client.post("/konto/daten/code").location == "/konto/daten"
    code = re.search(r"\b(\d{8})\b", mails("gast@example.org")[-1].text.replace(" ", ""))
    assert code, mails("gast@example.org")[-1].text
    assert client.post("/konto/daten", data={"code": code[1]}).mimetype == "application/zip"


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/konto/daten").location.startswith("/anmelden")
