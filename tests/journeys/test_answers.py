"""The city answers an idea: its author hears of it at once, a follower in the digest, which one click stops."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from ideenlab.answers.actions import add_default_statuses
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.mail.models import Mail
from ideenlab.notifications.actions import send_digests
from ideenlab.notifications.models import Notice
from tests.factories import a_call, a_person, an_idea
from tests.journeys.conftest import latest_mail

pytestmark = pytest.mark.journey
PASSWORD = "ein langes Passwort"


@pytest.fixture
def people(app):
    with transaction():
        add_default_statuses(None)
    known = {"password_hash": hash_password(PASSWORD)}
    app_code = {"totp_secret": pyotp.random_base32(), "totp_confirmed_at": now()}
    return {
        "organiser": a_person("organiser", pseudonym="Olaf", email="olaf@example.org", **known, **app_code),
        "author": a_person(pseudonym="Ada", email="ada@example.org", **known),
        "follower": a_person(pseudonym="Frida", email="frida@example.org", **known),
    }


def follow_an_idea(guest, idea):
    guest.sign_in("frida@example.org", PASSWORD)
    guest.open(f"/idee/{idea.id}")
    guest.page.get_by_role("button", name="Diese Idee verfolgen").click()
    guest.page.get_by_role("button", name="Diese Idee nicht mehr verfolgen").wait_for()
    guest.hears("Sie verfolgen das jetzt.")
    guest.open("/mitteilungen")
    guest.open("/konto/mitteilungen")
    guest.press("Speichern")
    guest.says("Ihre Auswahl ist gespeichert.")


def answer_two_ideas(guest, person):
    guest.sign_in("olaf@example.org", PASSWORD)
    guest.fill("Code", pyotp.TOTP(person.totp_secret).now())
    guest.press("Weiter")
    guest.open("/organisation")
    guest.press("Offene Antworten")
    guest.says("2 Antworten sind überfällig")
    for title in ("Bänke an der Hase", "Noch mehr Bänke"):
        guest.page.get_by_label(title).check()
    guest.press("Gewählte beantworten")
    guest.press("Antwort veröffentlichen")
    guest.says("Eine Antwort braucht einen Text")
    guest.fill("Text der Antwort", "Wir stellen **zwölf** Bänke auf.")
    guest.page.get_by_label("Status der Idee").select_option("Angenommen")
    guest.fill("Name", "A. Weber")
    guest.press("Antwort veröffentlichen")
    guest.says("2 Antworten sind veröffentlicht.")
    guest.says("Alle Ideen dieses Aufrufs sind beantwortet")
    guest.press("Zahlen")
    guest.says("Ideen nach Status")


def correct_and_withdraw(guest, idea):
    guest.open(f"/idee/{idea.id}")
    guest.press("Berichtigen")
    guest.fill("Text der Antwort", "Wir stellen zehn Bänke auf.")
    guest.press("Berichtigung veröffentlichen")
    guest.press("vorherigen Text ansehen")
    guest.says("zwölf")
    guest.open(f"/idee/{idea.id}")
    guest.press("Zurückziehen")
    guest.press("Antwort zurückziehen")
    guest.fill("Grund", "Der Rat hat neu entschieden.")
    guest.press("Antwort zurückziehen")
    guest.says("Der Rat hat neu entschieden.")
    guest.press("Wieder zeigen")
    guest.press("Antwort wieder zeigen")
    guest.says("Wir stellen zehn Bänke auf.")
    guest.says("Antwort zurückgezogen")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_an_answer_reaches_author_and_follower_and_one_click_ends_the_digest(guest, people, size):
    call = a_call(title="Was soll besser werden?", answer_until=now() - timedelta(days=1))
    idea = an_idea(call, people["author"], title="Bänke an der Hase")
    an_idea(call, people["author"], title="Noch mehr Bänke")
    follower = guest(size=size)
    follow_an_idea(follower, idea)
    organiser = guest(size=size, dark=size == "phone")
    answer_two_ideas(organiser, people["organiser"])
    assert "Wir stellen **zwölf** Bänke auf." in latest_mail("ada@example.org")
    assert "Bänke" not in latest_mail("frida@example.org")

    with transaction():
        db.session.execute(update(Notice).where(Notice.mail_at.is_not(None)).values(mail_at=now()))
    assert send_digests() == 1
    digest = db.session.scalars(select(Mail).where(Mail.recipient == "frida@example.org")).one()
    assert digest.subject == "Die Stadt hat geantwortet: Bänke an der Hase"

    stranger = guest(size=size)
    path = digest.unsubscribe_url.removeprefix("http://localhost")
    stranger.open(path)
    stranger.press("Keine solchen E-Mails mehr senden")
    stranger.says("Ab jetzt schicken wir Ihnen keine E-Mails dieser Art mehr.")
    follower.open("/mitteilungen")
    follower.says("Die Stadt hat geantwortet: Bänke an der Hase")
    follower.press("Ansehen")
    follower.says("zwölf")

    correct_and_withdraw(organiser, idea)
    assert send_digests() == 0
    db.session.rollback()
    assert len(db.session.scalars(select(Mail).where(Mail.recipient == "frida@example.org")).all()) == 1
