"""The pages of the administration: what stands there, and what never does."""

import csv
import io

import pytest

from ideenlab import create_app
from ideenlab.accounts.actions import give_role
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.history.actions import record
from ideenlab.history.models import Entry
from ideenlab.mail.models import Mail
from tests.administration.test_actions import HOUR, a_mail
from tests.conftest import make_settings
from tests.factories import a_person, an_idea

PAGES = ["", "/postausgang", "/hintergrund", "/protokoll", "/speicher", "/pruefliste", "/gesperrt", "/anmeldungen"]


@pytest.fixture
def boss(client):
    person = a_person("administrator", pseudonym="Boss")
    client.sign_in(person)
    return person


def test_only_administrators_come_in_and_every_page_stands_in_both_languages(client, boss):
    a_person(suspended_until=now() + HOUR, suspended_reason="Beleidigung", pseudonym="Troll")
    for page in PAGES:
        for language in ("", "/en"):
            assert client.get(f"{language}/administration{page}").status_code == 200
    assert "Troll" in client.get("/administration/gesperrt").text
    assert "Nachbarstadt" not in client.get("/administration").text
    client.sign_in(a_person("organiser"))
    assert {client.get(f"/administration{page}").status_code for page in PAGES} == {403}


def test_the_outbox_shows_no_text_and_no_whole_address(client, boss):
    mail = a_mail(given_up_at=now(), last_error="550 no such person <maria@example.org>")
    text = client.get("/administration/postausgang?kind=given_up").text
    assert "Ihre Idee" in text
    assert "m…@example.org" in text
    assert "550 no such person" in text
    assert "maria" not in text
    assert "geheim" not in text
    with transaction():
        mail.subject = "Ihr Code: 48151623 https://ideen.example.org/anmelden/GEHEIM"
    text = client.get("/administration/postausgang?kind=given_up").text
    assert "Ihr Code: […] […]" in text
    assert "48151623" not in text
    assert "GEHEIM" not in text
    assert client.post(f"/administration/postausgang/{mail.id}/erneut").status_code == 303
    assert client.post("/administration/postausgang/alle-erneut").status_code == 303
    assert client.post("/administration/postausgang/test").status_code == 303
    assert client.post("/administration/postausgang/test").status_code == 403
    assert "wartet auf die Hintergrundarbeit" in client.get("/administration/postausgang?kind=nonsense&cursor=x").text


def test_the_log_is_filtered_and_exported_without_formulas(client, boss):
    idea, citizen = an_idea(), a_person(pseudonym="=1+1")
    with transaction():
        record(citizen, "ideas.published", idea, note='=HYPERLINK("http://x")')
        record(None, "ideas.imported", idea.call)
        give_role(boss, person=citizen, name="juror")
    found = {
        "who==1%2B1": ["ideas.published"], f"who={boss.id}": ["accounts.role_given"], "who=0": ["ideas.imported"],
        "who=Niemand": [], "deed=ideas.published": ["ideas.published"],
        "thing=people": ["accounts.role_given"], f"thing=ideas&number={idea.id}": ["ideas.published"],
        "begins_on=2099-01-01": [], "ends_on=2001-01-01": [], "begins_on=nonsense": None, "number=x": None,
    }  # fmt: skip
    for query, deeds in found.items():
        lines = list(
            csv.reader(io.StringIO(client.get(f"/administration/protokoll.csv?{query}").text.lstrip("\ufeff")))
        )
        page = client.get(f"/administration/protokoll?{query}")
        assert page.status_code == 200
        if deeds is not None:
            assert [line[3] for line in lines[1:]] == deeds, query
            assert [f"<code>{deed} " in page.text for deed in deeds] == [True] * len(deeds)
    everything = client.get("/administration/protokoll.csv").text
    assert all(not cell.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(everything)) for cell in row)
    assert "=1+1" in everything


def test_the_log_is_read_page_by_page(client, boss):
    with transaction():
        db.session.add_all(Entry(deed="x.y", thing="ideas", thing_id=number) for number in range(1, 121))
    seen, address = 0, "/administration/protokoll?deed=x.y"
    while address:
        text = client.get(address).text
        seen += text.count("<code>x.y ")
        following = (
            text.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0] if 'rel="next"' in text else ""
        )
        address = following.replace("&amp;", "&")
    assert seen == 120
    assert client.get("/administration/protokoll.csv?deed=x.y").text.count("\n") == 121


def test_a_lost_second_factor_is_reset_with_a_reason_and_its_owner_told(client, boss):
    person = a_person("organiser", totp_secret="A" * 32, totp_confirmed_at=now())
    address = f"/organisation/personen/{person.id}/zweiter-schritt"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason": ""}).status_code == 422
    assert client.post(address, data={"reason": "war mit Ausweis da"}).status_code == 303
    db.session.rollback()
    assert person.totp_confirmed_at is None
    assert (
        db.session.query(Mail).filter_by(recipient=person.email).one().subject
        == "Ihr zweiter Schritt wurde zurückgesetzt"
    )
    assert db.session.query(Entry).filter_by(deed="accounts.second_factor_reset").one().note == "war mit Ausweis da"
    assert client.get(address).status_code == 403


def test_metrics_are_there_only_for_who_knows_the_token(client, boss, tmp_path):
    assert client.get("/metrics").status_code == 404
    database = client.application.config["SQLALCHEMY_DATABASE_URI"]
    app = create_app(make_settings(database, tmp_path, METRICS_TOKEN="m" * 20))
    with app.app_context():
        reader = app.test_client()
        reader.get("/gesund")
        assert reader.get("/metrics").status_code == 401
        assert reader.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
        text = reader.get("/metrics", headers={"Authorization": f"Bearer {'m' * 20}"}).text
        db.session.remove()
        db.engine.dispose()
    assert 'endpoint="pages.health",status="2xx"' in text
    assert "ideenlab_database_bytes" in text
    assert "ideenlab_mails_waiting 0" in text
    assert "@" not in text
    for line in text.splitlines():
        assert line.startswith("#") or float(line.rpartition(" ")[2]) >= 0
