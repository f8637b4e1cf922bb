"""What every page shares, seen in a browser, and the city as a visitor and a keyboard find it."""

from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from ideenlab.core.db import transaction
from ideenlab.core.passwords import hash_password
from ideenlab.demo.actions import fill_city
from tests.factories import a_person

pytestmark = pytest.mark.journey
PAGES = ["/", "/so-funktioniert-es", "/datenschutz", "/impressum", "/barrierefreiheit", "/ergebnisse", "/gibt-es-nicht"]
PASSWORD = "Mond-und-Hase-7"


@pytest.mark.parametrize(("size", "dark"), [("desk", False), ("phone", True)], ids=["desk-light", "phone-dark"])
def test_the_pages_around_everything_are_accessible(guest, size, dark):
    visitor = guest(size=size, dark=dark)
    for path in PAGES:
        visitor.open(path)
        visitor.open(f"/en{path}")


@pytest.fixture
def city(app):
    with transaction():
        list(fill_city(password=PASSWORD, zone=ZoneInfo("Europe/Berlin")))


def test_a_visitor_looks_around_in_a_filled_city(guest, city):
    for visitor in (guest(), guest(size="phone", dark=True)):
        visitor.open("/")
        visitor.says("Was jetzt läuft")
        visitor.press("Ideen lesen")
        ideas = visitor.page.locator("main article")
        count = ideas.count()
        visitor.control("weitere Ideen").click()
        visitor.page.wait_for_function("count => document.querySelectorAll('main article').length > count", arg=count)
        visitor.look()
        visitor.press(ideas.first.get_by_role("link"))
        navigation = visitor.page.get_by_role("navigation", name="Hauptmenü")
        for name in ("Hackathon", "Ergebnisse"):
            visitor.press(navigation.get_by_role("link", name=name))
            visitor.press(visitor.page.locator("main article").first.get_by_role("link"))
        visitor.says("Platz 1")


def focused(guest):
    return guest.page.evaluate("document.activeElement.innerText || document.activeElement.labels?.[0].innerText || ''")


def tab_to(guest, name):
    for _step in range(40):
        guest.page.keyboard.press("Tab")
        if focused(guest).startswith(name):
            return
    raise AssertionError(f"the keyboard never comes to {name!r} on {guest.page.url}")


def enter(guest):
    with guest.page.expect_event("load"):
        guest.page.keyboard.press("Enter")
    guest.look()


def test_the_keyboard_is_enough_to_sign_in_and_out(guest):
    person = a_person(pseudonym="Tastenfee", password_hash=hash_password(PASSWORD))
    reader = guest()
    reader.open("/")
    reader.page.keyboard.press("Tab")
    assert focused(reader) == "Zum Inhalt springen"
    assert reader.page.get_by_role("link", name="Zum Inhalt springen").bounding_box()["x"] >= 0, "seen when focused"
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#main")).to_be_focused()
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.closest('main') !== null"), "behind the header"

    reader.open("/")
    tab_to(reader, "Anmelden")
    enter(reader)
    tab_to(reader, "E-Mail-Adresse")
    reader.page.keyboard.type(person.email)
    tab_to(reader, "Passwort")
    reader.page.keyboard.type(PASSWORD)
    enter(reader)
    assert reader.page.url.endswith("/mein-bereich")
    tab_to(reader, "Abmelden")
    enter(reader)
    expect(reader.page.get_by_role("link", name="Anmelden")).to_be_visible()
