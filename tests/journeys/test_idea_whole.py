"""An idea with a picture, a mark on the map and somebody who writes along; and the same without JavaScript."""

import pytest

from ideenlab.core.storage import storage
from tests.factories import a_call, a_district, a_person, an_edition, an_idea
from tests.files.samples import picture

pytestmark = pytest.mark.journey


@pytest.fixture
def call(app):
    for key in dict(storage().keys()):
        storage().delete(key)
    a_district(title="Hafenviertel", west=8.0, position=1)
    a_district(title="Lindenfeld", west=8.05, position=2)
    return a_call(edition=an_edition(title="Mitmachwoche"), title="Was soll besser werden?")


def a_file(name, content, kind="image/png"):
    return {"name": name, "mimeType": kind, "buffer": content}


def add_picture(guest, file, words):
    guest.page.get_by_label("Bild auswählen").set_input_files(file)
    guest.fill("Was zeigt das Bild?", words)
    guest.press("Dieses Bild hinzufügen")


def mark_by_keyboard(guest):
    """From the middle of the map a step to the right, then taken away and set anew."""
    sheet, said = guest.page.get_by_role("application"), guest.page.locator("#map-said")
    district = guest.page.get_by_label("Stadtteil", exact=False).first
    sheet.focus()
    for key, text, chosen in (
        ("Shift+ArrowRight", "Markiert: Hafenviertel", "Hafenviertel"),
        ("Shift+ArrowRight", "Markiert: Lindenfeld", "Lindenfeld"),
        ("Delete", "Nichts ist markiert.", "Lindenfeld"),
        ("Shift+ArrowLeft", "Markiert: Hafenviertel", "Hafenviertel"),
        ("Shift+ArrowLeft", "Markiert: Hafenviertel", "Hafenviertel"),
    ):
        sheet.press(key)
        assert said.inner_text() == text
        assert district.locator("option:checked").inner_text() == chosen
    guest.look()


def test_an_idea_gets_a_picture_a_mark_and_a_second_author(guest, call):
    author = a_person(pseudonym="Hasefee", email="hasefee@example.org")
    a_person(pseudonym="Schreibfeder", email="feder@example.org")
    idea = an_idea(call, author, title="Mehr Bänke am Fluss", text="Am Fluss fehlen Bänke für alle.")

    giver = guest()
    giver.sign_in("hasefee@example.org")
    giver.open(f"/idee/{idea.id}")
    giver.press("Bilder")
    add_picture(giver, a_file("bank.png", picture(size=(900, 500))), "Eine Bank am Fluss")
    giver.says("Das Bild ist hinzugefügt.")
    giver.open(f"/idee/{idea.id}/bearbeiten")
    mark_by_keyboard(giver)
    giver.press("Änderung veröffentlichen")
    giver.press("Zusammen schreiben")
    giver.fill("Pseudonym der Person", "schreibfeder")
    giver.press("Einladen")
    giver.says("Die Einladung ist unterwegs.")

    friend = guest(size="phone", dark=True)
    friend.sign_in("feder@example.org")
    friend.open("/mein-bereich")
    friend.press("Mehr Bänke am Fluss")
    friend.press("Zusagen")
    friend.press("Idee ändern")
    friend.fill("Ihre Idee", "Am Fluss fehlen Bänke und Tische für alle.")
    friend.press("Änderung veröffentlichen")

    visitor = guest(size="phone")
    visitor.open(f"/idee/{idea.id}")
    visitor.says("von Hasefee, Schreibfeder")
    visitor.says("Stadtteil: Hafenviertel")
    shown = visitor.page.get_by_role("img", name="Eine Bank am Fluss")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    assert visitor.page.get_by_role("img", name="Karte der Stadt mit dem Ort dieser Idee in Hafenviertel").is_visible()
    visitor.press("geändert, Verlauf ansehen")
    assert "und Tische" in visitor.page.locator("p.il-diff--text ins").first.inner_text()


def test_without_javascript_an_idea_gets_a_place_and_a_picture(guest, call):
    a_person(pseudonym="Hasefee", email="hasefee@example.org")
    giver = guest(size="phone", scripts=False)
    giver.sign_in("hasefee@example.org")
    giver.open(f"/ideen/{call.slug}/neu")
    giver.fill("Titel", "Mehr Bänke am Fluss")
    giver.fill("Ihre Idee", "Am Fluss fehlen Bänke für alle.")
    giver.page.locator("#district").select_option("Lindenfeld")
    giver.page.locator("#place").fill("vor der Bücherei")
    assert not giver.page.locator("[data-map]").is_visible()
    giver.press("Speichern und Bilder hinzufügen")
    add_picture(giver, a_file("bild.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"), "Eine Bank am Fluss")
    giver.says("„bild.svg“ ist kein Bild, das gezeigt werden kann.")
    assert giver.page.get_by_label("Was zeigt das Bild?").input_value() == "Eine Bank am Fluss"
    add_picture(giver, a_file("bank.png", picture(size=(900, 500))), "Eine Bank am Fluss")
    giver.says("Das Bild ist hinzugefügt.")
    giver.press("Fertig: weiter mit der Idee")
    giver.page.get_by_label("Ich habe das selbst geschrieben").check()
    giver.press("Idee veröffentlichen")
    giver.says("vor der Bücherei")
    giver.says("Stadtteil: Lindenfeld")
    assert giver.page.get_by_role("img", name="Eine Bank am Fluss").count() == 1
