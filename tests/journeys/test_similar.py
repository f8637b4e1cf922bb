"""A second citizen types, is shown the similar idea, and supports it instead of giving it twice."""

import pytest

from ideenlab.core.db import transaction
from ideenlab.core.passwords import hash_password
from ideenlab.ideas.actions.indexing import index_ideas
from tests.factories import a_call, a_person, an_edition, an_idea

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"


@pytest.fixture
def call(app):
    call = a_call(edition=an_edition(title="Mitmachwoche"), title="Was soll besser werden?")
    an_idea(call, title="Straßenbeleuchtung am Hasetor")
    an_idea(call, title="Mehr Bänke an der Hase")
    with transaction():
        index_ideas()
    a_person(pseudonym="Radlerin", email="radlerin@example.org", password_hash=hash_password(PASSWORD))
    return call


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_typing_shows_the_similar_idea_which_is_supported_instead(guest, call, size):
    citizen = guest(size=size)
    citizen.sign_in("radlerin@example.org", PASSWORD)
    citizen.open(f"/ideen/{call.slug}/neu")
    citizen.page.get_by_label("Titel").press_sequentially("Beleuchtung am Hasetor", delay=10)
    hint = citizen.page.get_by_role("region", name="Ähnliche Ideen")
    hint.get_by_role("link", name="Straßenbeleuchtung am Hasetor").wait_for()
    citizen.hears("1 ähnliche Idee")
    assert "Unterstützen Sie lieber diese Idee" in hint.inner_text()
    assert citizen.page.get_by_label("Titel").input_value() == "Beleuchtung am Hasetor"
    assert citizen.page.evaluate("document.activeElement.id") == "title"
    citizen.look()
    with citizen.page.context.expect_page() as opened:
        hint.get_by_role("link").first.click()
    opened.value.wait_for_url("**/idee/**")
    address = opened.value.url
    opened.value.close()
    citizen.open(address[address.index("/idee/") :])
    citizen.page.locator("#support").get_by_role("button", name="Idee unterstützen").click()
    citizen.hears("Sie unterstützen diese Idee.")


def test_without_javascript_a_page_and_the_preview_show_it(guest, call):
    citizen = guest(scripts=False)
    citizen.sign_in("radlerin@example.org", PASSWORD)
    citizen.open(f"/ideen/{call.slug}/neu")
    citizen.fill("Titel", "Beleuchtung am Hasetor")
    citizen.fill("Ihre Idee", "Damit alle sicher nach Hause kommen, auch im Winter.")
    citizen.press("Vorschau")
    citizen.says("Straßenbeleuchtung am Hasetor")
    citizen.press("Nachsehen, ob es die Idee schon gibt")
    citizen.fill("Titel", "Baenke")
    citizen.press("Ähnliche Ideen suchen")
    citizen.says("Mehr Bänke an der Hase")


def test_a_visitor_sorts_filters_and_shares_without_javascript(guest, call):
    visitor = guest(size="phone", scripts=False, dark=True)
    visitor.open(f"/ideen/{call.slug}")
    visitor.page.get_by_label("Sortieren nach").select_option("Meistdiskutierte zuerst")
    visitor.page.get_by_text("Weitere Filter").click()
    visitor.page.get_by_label("Eingegangen über").select_option("Telefon")
    visitor.press("Ideen suchen")
    assert visitor.page.url.endswith(f"/ideen/{call.slug}?herkunft=telefon&sortierung=diskutiert")
    visitor.says("Keine Idee passt zu allem, was gesetzt ist.")
    visitor.press("Ohne „Eingegangen über: Telefon“")
    visitor.says("2 Ideen")
    visitor.press("Wie sortieren wir?")
    visitor.says("E. B. Wilson")
    visitor.open(f"/ideen/{call.slug}/sichtbarkeit")
    visitor.says("Wie wir zählen")
