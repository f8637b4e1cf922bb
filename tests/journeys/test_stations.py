"""From the hall and from home without an account: what citizens and helpers do, in a real browser."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.ideas.models import Idea
from ideenlab.stations.models import StationHelper
from tests.factories import a_call, a_person, a_station, an_idea, saved
from tests.journeys.conftest import latest_mail, link_in

pytestmark = pytest.mark.journey
TEXT = "Mehr Bänke an der Hase, damit alle sich ausruhen können."
ADDRESS = "neu@example.org"


@pytest.mark.parametrize(("scripts", "size", "dark"), [(True, "desk", False), (False, "phone", True)])
def test_an_idea_without_an_account_is_confirmed_and_found(guest, scripts, size, dark):
    call = a_call(title="Bürgerlab", slug="buergerlab")
    citizen = guest(scripts=scripts, size=size, dark=dark)
    if size == "phone":
        citizen.page.set_viewport_size({"width": 320, "height": 640})
    citizen.open("/ideen/buergerlab")
    citizen.press("Idee einreichen")
    citizen.fill("Titel", "Bänke an der Hase")
    citizen.fill("Ihre Idee", TEXT)
    citizen.takes_a_minute()
    citizen.press("Idee einreichen")
    citizen.says("Bitte geben Sie Ihre E-Mail-Adresse ein")
    citizen.fill("E-Mail-Adresse", ADDRESS)
    citizen.page.get_by_label("Ich habe das selbst geschrieben").check()
    citizen.press("Idee einreichen")
    citizen.says("Wir haben Ihnen geschrieben")
    citizen.open(link_in(latest_mail(ADDRESS)))
    citizen.says("Bänke an der Hase")
    citizen.page.get_by_label("18 oder älter").check()
    citizen.press("Idee veröffentlichen")
    citizen.says("Ihre Idee ist veröffentlicht")
    second = guest(scripts=scripts, size=size, dark=dark)
    second.open("/ideen/buergerlab")
    second.press("Bänke an der Hase")
    second.press("Idee unterstützen")
    second.fill("E-Mail-Adresse", "zweite@example.org")
    second.page.get_by_label("18 oder älter").check()
    second.takes_a_minute()
    second.press("Code schicken")
    second.fill("Code", re.findall(r"^\d{8}$", latest_mail("zweite@example.org"), re.MULTILINE)[0])
    second.press("Anmelden")
    second.says("Nur noch ein Klick")
    if scripts:
        second.control("Idee unterstützen").click()
        second.hears("Sie unterstützen diese Idee")
    else:
        second.press("Idee unterstützen")
    db.session.rollback()
    assert db.session.scalars(select(Idea.support_count).where(Idea.call_id == call.id)).all() == [1]


def test_the_form_without_an_account_by_keyboard_alone(guest):
    a_call(slug="buergerlab")
    citizen = guest()
    citizen.open("/ideen/buergerlab/neu/ohne-konto")
    page = citizen.page
    page.locator("#title").focus()
    page.keyboard.type("Bänke an der Hase")
    for _tab in range(30):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.id || document.activeElement.value")
        if where == "text":
            page.keyboard.type(TEXT)
        elif where == "email":
            page.keyboard.type(ADDRESS)
        elif where == "agrees":
            page.keyboard.press("Space")
        elif where == "publish":
            break
        assert where != "website", "the field for robots can be reached"
    citizen.takes_a_minute()
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    citizen.says("Wir haben Ihnen geschrieben")


def test_from_the_kiosk_and_a_card_to_the_wall(guest):
    call = a_call(title="Bürgerlab", slug="buergerlab")
    station = a_station(call, name="Rathaus")
    for number in (1, 2):
        helper = a_person(email=f"hilfe{number}@example.org")
        saved(StationHelper(station_id=station.id, person_id=helper.id))
    wall = guest()
    wall.page.clock.install()
    wall.open("/wand/buergerlab")
    wall.says("Ihre könnte die erste sein")
    hall = guest()
    hall.open(f"/station/{station.link}")
    hall.fill("PIN", station.pin)
    hall.press("Station öffnen")
    hall.press("Hier eine Idee eingeben")
    hall.fill("Titel", "Trinkbrunnen am Markt")
    hall.fill("Ihre Idee", TEXT)
    hall.page.get_by_label("Ich habe das selbst geschrieben").check()
    hall.press("Idee einreichen")
    hall.says("Vielen Dank für Ihre Idee")
    hall.press("Ich habe es notiert")
    assert "Trinkbrunnen" not in hall.page.content()
    wall.page.clock.run_for(6000)
    wall.says("Trinkbrunnen am Markt")
    one, two = guest(), guest()
    one.sign_in("hilfe1@example.org")
    one.open(f"/station/{station.id}/karten")
    one.fill("Titel", "Schatten am Platz")
    one.fill("Text der Karte", TEXT)
    one.press("Karte speichern")
    one.says("Jetzt prüft sie jemand anderes")
    two.sign_in("hilfe2@example.org")
    two.open("/mein-bereich")
    two.press("Karten eintippen und prüfen")
    two.press("Schatten am Platz")
    two.page.get_by_label("Auf der Karte ist angekreuzt").check()
    two.press("Wie auf der Karte: veröffentlichen")
    two.says("von einer zweiten Person geprüft")
    wall.page.clock.run_for(6000)
    wall.says("Schatten am Platz")
    wall.look()


def test_the_kiosk_asks_before_it_begins_anew(guest):
    station = a_station(a_call(slug="buergerlab"))
    hall = guest()
    hall.open(f"/station/{station.link}")
    hall.fill("PIN", station.pin)
    hall.press("Station öffnen")
    hall.page.clock.install()
    hall.open("/kiosk/idee")
    hall.fill("Titel", "Das soll niemand lesen")
    hall.page.clock.run_for(45_000)
    assert not hall.page.locator("#idle").is_visible()
    hall.page.clock.run_for(16_000)
    expect(hall.page.locator("#idle")).to_be_visible()
    hall._is_accessible()
    hall.page.get_by_role("button", name="Ich bin noch da").click()
    assert hall.page.input_value("#title") == "Das soll niemand lesen"
    hall.page.clock.run_for(61_000)
    hall.page.clock.run_for(31_000)
    expect(hall.page).to_have_url(re.compile("/kiosk$"))
    hall.page.go_back()
    assert "Das soll niemand lesen" not in hall.page.content()
    assert hall.page.locator("#title").count() == 0 or hall.page.input_value("#title") == ""


def test_a_wall_can_be_paused_and_survives_without_a_connection(guest):
    idea = an_idea(a_call(slug="buergerlab"), title="Bänke an der Hase")
    wall, asked = guest(dark=True), []
    wall.page.on("request", lambda request: asked.append(request.url))
    wall.page.clock.install()
    wall.open("/wand/buergerlab")
    wall.page.get_by_role("button", name="Anhalten").click()
    wall.says("Angehalten")
    an_idea(idea.call, title="Noch eine")
    asked.clear()
    wall.page.clock.run_for(20_000)
    assert "Noch eine" not in wall.page.content()
    assert asked == []
    wall.page.get_by_role("button", name="Weiter").click()
    wall.says("Noch eine")
    wall.page.clock.run_for(6000)
    assert len(asked) > 1
