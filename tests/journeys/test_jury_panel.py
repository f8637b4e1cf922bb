"""A juror without an address comes with a card, reads what will be public, and says who they are and where biased."""

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.jury.actions import invite_juror, print_card
from ideenlab.jury.queries import recusals_of, shown_jurors
from tests.factories import a_challenge, a_person, a_team
from tests.jury.world import handed_in, scored_hackathon

pytestmark = pytest.mark.journey


def a_card(hackathon):
    organiser = a_person("organiser")
    with transaction():
        juror, _code = invite_juror(
            organiser, hackathon=hackathon, name="Kim Karte", email="", organisation="Freie Werkstatt Mühlenbruch"
        )
        card = print_card(organiser, juror=juror)
    return f"/jury/einladung/{card.secret}", card.code


def test_a_juror_comes_with_a_card_and_finds_the_way_to_the_next_ballot(guest):
    hackathon = scored_hackathon("1", "1", title="Hase-Hackathon")
    challenge = a_challenge(hackathon, title="Kurze Wege", partner="Freie Werkstatt Mühlenbruch e. V.")
    suspected = handed_in(hackathon, team="Alpha")
    with transaction():
        suspected.team.challenge = challenge
    handed_in(hackathon, team="Beta")
    a_team(hackathon, name="Noch ohne Prototyp")
    link, code = a_card(hackathon)

    juror = guest(size="phone", dark=True)
    juror.open(link)
    juror.fill("Ihr Code", code.replace(" ", ""))
    juror.press("Zu meinen Bewertungen")
    juror.says("Ihre Punkte werden unter einer Nummer öffentlich")
    juror.press("Ich habe das gelesen")
    juror.says("0 von 2 Bewertungen abgegeben")

    juror.press(juror.page.get_by_role("link", name="Mein Juryprofil"))
    juror.fill("Über mich", "Ich repariere Fahrräder.")
    juror.page.get_by_label("Ich bin einverstanden").check()
    juror.press("Speichern")
    juror.says("Gespeichert. Alle sehen Ihr Profil.")

    juror.open("/jury")
    juror.press(juror.page.get_by_role("link", name="Befangenheit erklären"))
    juror.says("hat die Challenge des Teams gestellt: „Kurze Wege“")
    juror.says("Noch ohne Prototyp")
    juror.press(juror.page.get_by_role("link", name="Antworten Alpha"))
    juror.fill("Grund", "Wir vergeben den Preis.")
    juror.press("Antwort senden")
    juror.says("Sie haben eine Befangenheit erklärt.")

    juror.open("/jury")
    juror.says("0 von 1 Bewertungen abgegeben")
    juror.press("Weiter mit Beta")
    juror.says("Ihre Punkte")
    db.session.rollback()
    assert [each.team.name for each in recusals_of(hackathon)] == ["Alpha"]
    assert [each.name for each in shown_jurors(hackathon)] == ["Kim Karte"]
