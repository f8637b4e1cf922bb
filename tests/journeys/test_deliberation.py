"""The jury talks: nobody sees points of others before; then what is not sure comes first, and it is written down."""

import pyotp
import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.passwords import hash_password
from tests.deliberations.world import talked_about
from tests.factories import a_person
from tests.jury.world import close_scoring

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"


def enter(guest, person):
    guest.sign_in(person.email, PASSWORD)
    if person.totp_secret:
        guest.fill("Code", pyotp.TOTP(person.totp_secret).now())
        guest.press("Weiter")


def test_the_jury_talks_writes_it_down_and_votes_again(app, guest):
    hackathon, _prototypes, (zora, _mila, _anton) = talked_about(opened=False)
    close_scoring(hackathon)
    head = a_person("organiser", totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
    with transaction():
        head.password_hash = zora.person.password_hash = hash_password(PASSWORD)
    page = f"/hackathon/{hackathon.slug}/beratung"

    juror, organiser = guest(size="phone", dark=True), guest()
    enter(juror, zora.person)
    juror.open(page)
    juror.says("Die Beratung ist noch nicht offen.")
    enter(organiser, head)
    organiser.open(page)
    organiser.press("Beratung öffnen")
    organiser.says("Worüber zu reden ist, das Wichtigste zuerst")

    juror.open(page)
    juror.says("Die Reihenfolge ist nicht sicher")
    juror.press(juror.page.locator("main").get_by_role("link", name="Alle Bewertungen Bienen-App"))
    juror.says("Anton")
    juror.open(page)
    juror.fill("Für die Niederschrift", "Die Demo lief stabil.")
    juror.press("Aufschreiben")
    juror.says("Die Demo lief stabil.")
    juror.press("Was wäre, wenn …")
    juror.says("Ohne die Bewertungen von Zora")

    organiser.open(page)
    organiser.says("Die Demo lief stabil.")
    organiser.press("Zweite Abstimmung …")
    organiser.page.get_by_label("Bäume").check()
    organiser.fill("Warum eine zweite Abstimmung?", "Demo erst jetzt gesehen")
    organiser.press("Zweite Abstimmung öffnen")
    organiser.says("Eine Bewertungsrunde ist offen.")
    juror.open("/jury")
    juror.press("Beratung")
    juror.says("Eine Bewertungsrunde ist offen.")
