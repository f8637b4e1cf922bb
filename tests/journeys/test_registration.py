"""Register, wait, move up, check in: without scripts on a phone, and at an entrance that loses its network."""

import pyotp
import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.hackathons.actions import cancel_registration
from ideenlab.hackathons.models import Question, Registration
from tests.factories import DAY, a_hackathon, a_person, a_registration, saved
from tests.journeys.conftest import latest_mail, link_in

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"


@pytest.fixture
def hackathon(app):
    found = a_hackathon(
        title="Hase-Hackathon", slug="hase-hackathon", places=1, starts_at=now() + DAY, ends_at=now() + 3 * DAY,
        house_rules="Kein Feuer.", house_rules_html="<p>Kein Feuer.</p>",
    )  # fmt: skip
    saved(Question(hackathon=found, position=1, kind="choice", text="T-Shirt?", choices="S\nM\nL", is_required=True))
    return found


def move_up_and_confirm(bo, person, first, hackathon):
    """A place becomes free; the mail leads to the page that says until when it is kept."""
    with transaction():
        cancel_registration(first, hackathon=hackathon)
    bo.open(link_in(latest_mail(person.email)))
    bo.says("Ein Platz ist für Sie reserviert")
    bo.press("Ja, ich nehme den Platz")
    bo.says("Sie haben einen Platz")
    bo.press("Zu Ihrem Ticket")
    return bo.page.locator(".il-code").inner_text().strip()


def wait_in_the_queue(bo):
    bo.press("Hase-Hackathon")
    bo.says("Alle Plätze sind vergeben")
    bo.press("Auf die Warteliste")
    bo.press("Auf die Warteliste")
    bo.says("Bitte stimmen Sie zu")
    bo.fill("Was essen Sie nicht?", "Nüsse")
    bo.page.get_by_label("T-Shirt?").select_option("M")
    for words in ("Ich begegne allen mit Respekt", "Ich habe die Hausordnung gelesen", "an die Presse"):
        bo.page.get_by_label(words).check()
    bo.press("Auf die Warteliste")
    bo.says("Ihr Platz auf der Warteliste: 1")
    bo.says("Nüsse")


def check_in_without_a_network(door, code):
    """What is typed while the network is away is sent once, when it is back."""
    door.context.set_offline(True)
    for _time in range(2):
        door.fill("Code des Tickets", code)
        door.control("Einlassen").click()
    door.says("2 Codes warten auf diesem Gerät")
    door.context.set_offline(False)
    door.page.evaluate("window.dispatchEvent(new Event('online'))")
    door.says("Bo ist schon da")
    door.is_saved()
    assert all("ERR_INTERNET_DISCONNECTED" in line for line in door.complaints)
    door.complaints.clear()


def test_from_the_waiting_list_to_the_entrance(guest, hackathon):
    first = a_registration(hackathon).person
    kept = {"password_hash": hash_password(PASSWORD)}
    person = a_person(pseudonym="Bo", email="bo@example.org", **kept)
    app_code = {"totp_secret": pyotp.random_base32(), "totp_confirmed_at": now()}
    head = a_person("organiser", email="leitung@example.org", **kept, **app_code)

    bo = guest(scripts=False, size="phone")
    bo.sign_in(person.email, PASSWORD)
    bo.open("/hackathon")
    wait_in_the_queue(bo)
    code = move_up_and_confirm(bo, person, first, hackathon)

    door = guest(size="phone", dark=True)
    door.sign_in(head.email, PASSWORD)
    door.fill("Code", pyotp.TOTP(head.totp_secret).now())
    door.press("Weiter")
    door.open("/organisation/hackathons/hase-hackathon/anmeldungen")
    door.press("Bo")
    door.says("Nüsse")
    door.open("/organisation/hackathons/hase-hackathon/einlass")
    check_in_without_a_network(door, code)
    db.session.rollback()
    assert db.session.query(Registration).filter_by(state="registered").one().checked_in_at is not None
    door.press("Jemand ohne Anmeldung")
    door.says("1 von 1 Plätzen vergeben")
    bo.open("/hackathon/hase-hackathon/anmeldung")
    bo.says("Sie wurden eingelassen")
