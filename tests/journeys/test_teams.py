"""Two strangers find each other on the board, join, invite a third by mail, and the team is full."""

import re

import pytest
from playwright.sync_api import expect

from ideenlab.core.db import db
from ideenlab.core.passwords import hash_password
from ideenlab.teams.models import Team
from tests.factories import a_hackathon, a_person, a_registration
from tests.journeys.conftest import latest_mail, link_in

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"


@pytest.fixture
def hackathon(app):
    return a_hackathon(title="Hase-Hackathon", slug="hase-hackathon", team_size_min=2, team_size_max=3)


@pytest.fixture
def people(app):
    kept = hash_password(PASSWORD)
    names = ("Ada", "Bo", "Cem", "Dora")
    return [a_person(pseudonym=name, email=f"{name.lower()}@example.org", password_hash=kept) for name in names]


def look_for_people(ada):
    ada.open("/hackathon/hase-hackathon/teams")
    ada.press("Team gründen")
    ada.fill("Name des Teams", "Die Parkfinder")
    ada.press("Team gründen")
    ada.press("Aushang für das Brett schreiben")
    ada.press("Aushängen")
    ada.says("Bitte füllen Sie dieses Feld aus")
    ada.fill("Was Sie suchen", "Wir bauen einen Parkfinder, uns fehlt jemand zum Löten.")
    ada.fill("Kenntnisse", "Löten, Zeichnen")
    ada.press("Aushängen")
    ada.says("Ihr Aushang hängt am Brett.")


def ask(bo):
    bo.open("/hackathon/hase-hackathon/teams")
    bo.press("Zum Brett: Wer sucht wen?")
    bo.fill("Nach Kenntnissen suchen", "Segeln")
    bo.press("Brett filtern")
    bo.says("Zu dieser Auswahl passt nichts")
    bo.fill("Nach Kenntnissen suchen", "loeten")
    bo.press("Brett filtern")
    bo.says("uns fehlt jemand zum Löten")
    bo.press("Anfragen")
    bo.fill("Warum möchten Sie mitmachen?", "Ich löte seit Jahren.")
    bo.press("Anfrage abschicken")
    bo.says("Ihre Anfrage ist unterwegs.")
    bo.says("1 Mitglied")


def accept(ada):
    ada.open(link_in(latest_mail("ada@example.org")))
    ada.says("Ich löte seit Jahren.")
    ada.press("Annehmen")
    ada.says("Bo ist jetzt in Ihrem Team.")
    ada.says("2 Mitglieder")


def invite(bo):
    bo.open(link_in(latest_mail("bo@example.org")))
    bo.press("Jemanden einladen")
    bo.press("Einladung abschicken")
    bo.says("Bitte geben Sie entweder ein Pseudonym oder eine Adresse an.")
    bo.fill("Oder eine E-Mail-Adresse", "cem@example.org")
    bo.press("Einladung abschicken")
    bo.says("Die Einladung ist unterwegs.")
    bo.says("jemand per E-Mail")


def come_by_link(cem, hackathon, person):
    cem.open(link_in(latest_mail("cem@example.org")))
    cem.says("Bo lädt Sie in das Team „Die Parkfinder“")
    cem.press(cem.page.locator("main").get_by_role("link", name="Anmelden"))
    cem.fill("E-Mail-Adresse", person.email)
    cem.fill("Passwort", PASSWORD)
    cem.press("Weiter")
    cem.says("Melden Sie sich zuerst an.")
    a_registration(hackathon, person)
    cem.open("/hackathon/hase-hackathon/teams")
    cem.press("Einladung in das Team „Die Parkfinder“")
    cem.press("Dem Team beitreten")
    cem.says("Willkommen im Team „Die Parkfinder“.")
    cem.says("3 Mitglieder, 0 freie Plätze")


def come_with_code(dora, person):
    """The code of the team is on no way to the server until somebody presses the button."""
    db.session.rollback()
    code, asked = db.session.query(Team).one().code, []
    dora.page.on("request", lambda request: asked.append(request.url))
    dora.open(f"/hackathon/hase-hackathon/teams/beitreten#code={code}")
    expect(dora.page).to_have_url(re.compile("/anmelden[^#]*$"))
    dora.fill("E-Mail-Adresse", person.email)
    dora.fill("Passwort", PASSWORD)
    dora.press("Weiter")
    expect(dora.page.get_by_label("Code des Teams")).to_have_value(code)
    dora.press("Dem Team beitreten")
    dora.says("ist voll: Es hat 3 Mitglieder.")
    assert not [address for address in asked if code in address.partition("#")[0]]


def test_strangers_find_each_other_until_the_team_is_full(guest, hackathon, people):
    for person in (people[0], people[1], people[3]):
        a_registration(hackathon, person)
    ada, bo, cem, dora = guest(), guest(size="phone", dark=True, scripts=False), guest(size="narrow"), guest()
    for who, person in ((ada, people[0]), (bo, people[1])):
        who.sign_in(person.email, PASSWORD)
    look_for_people(ada)
    ask(bo)
    accept(ada)
    invite(bo)
    come_by_link(cem, hackathon, people[2])
    come_with_code(dora, people[3])
    dora.open("/hackathon/hase-hackathon/teams/suche")
    dora.says("Noch hängt hier nichts")
    dora.open("/hackathon/hase-hackathon/teams")
    dora.press("Die Parkfinder")
    dora.says("ist voll")
    db.session.rollback()
    assert db.session.query(Team).one().member_count == 3
