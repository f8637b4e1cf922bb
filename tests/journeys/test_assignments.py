"""Two wish for each other, organisers propose and send, one accepts by the mail and founds, the other comes in."""

import pyotp
import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.passwords import hash_password
from ideenlab.teams.models import Team
from tests.factories import a_challenge, a_hackathon, a_person, a_registration
from tests.journeys.conftest import latest_mail, link_in

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"
ROOM = "/organisation/hackathons/hase-hackathon/zuteilung"


@pytest.fixture
def organiser(app):
    hackathon = a_hackathon(title="Hase-Hackathon", slug="hase-hackathon", team_size_min=2, team_size_max=3)
    a_challenge(hackathon, title="Grünes Licht")
    kept = hash_password(PASSWORD)
    for name in ("Ada", "Bo"):
        a_registration(hackathon, a_person(pseudonym=name, email=f"{name.lower()}@example.org", password_hash=kept))
    app_code = {"totp_secret": pyotp.random_base32(), "totp_confirmed_at": now()}
    return a_person("organiser", email="olaf@example.org", password_hash=kept, **app_code)


def wish(somebody, friend):
    somebody.open("/hackathon/hase-hackathon")
    somebody.press("Ihre Wünsche für ein Team")
    somebody.page.get_by_label("Erster Wunsch").select_option("Grünes Licht")
    somebody.fill("Mit wem würden Sie gern arbeiten?", friend)
    somebody.press("Wünsche speichern")
    somebody.says("Ihre Wünsche sind gespeichert.")


def propose(olaf):
    olaf.open(ROOM)
    olaf.press("Vorschlag machen")
    olaf.says("Sie haben sich gegenseitig gewünscht: Bo. Es ist Ihr erster Wunsch.")
    olaf.press("Vorschlag verschicken")
    olaf.press("Vorschlag verschicken")
    olaf.says("2 Personen erfahren davon.")


def test_nobody_is_left_alone(guest, organiser):
    ada, bo, olaf = guest(size="phone", dark=True), guest(scripts=False), guest()
    for somebody, email in ((ada, "ada@example.org"), (bo, "bo@example.org"), (olaf, "olaf@example.org")):
        somebody.sign_in(email, PASSWORD)
    olaf.fill("Code", pyotp.TOTP(organiser.totp_secret).now())
    olaf.press("Weiter")
    wish(ada, "Bo")
    wish(bo, "Ada")
    propose(olaf)
    ada.open(link_in(latest_mail("ada@example.org")))
    ada.says("Auch vorgeschlagen: Bo")
    ada.press("Annehmen")
    ada.says("Willkommen im Team „Tisch 1“.")
    bo.open("/hackathon/hase-hackathon")
    bo.press("Vorschlag ansehen")
    bo.says("Im Team: Ada")
    bo.press("Annehmen")
    olaf.open(ROOM)
    olaf.says("angenommen")
    db.session.rollback()
    team = db.session.query(Team).one()
    assert (team.member_count, team.lead.pseudonym, team.challenge.title) == (2, "Ada", "Grünes Licht")
