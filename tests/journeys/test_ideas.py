"""A citizen gives an idea and another supports it."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.ideas.actions.indexing import index_ideas
from ideenlab.ideas.models import Idea
from ideenlab.programme.models import Topic
from tests.factories import a_call, a_person, an_edition, an_idea, saved
from tests.journeys.conftest import latest_mail, link_in

pytestmark = pytest.mark.journey
TEXT = "Am Markt fehlen **überdachte** Stellplätze:\n\n- für Lastenräder\n- für Anhänger"


@pytest.fixture
def call(app):
    edition = an_edition(title="Mitmachwoche")
    saved(Topic(edition=edition, slug="verkehr", title="Verkehr", position=1))
    call = a_call(edition=edition, title="Was soll besser werden?", summary="Sagen Sie es uns.")
    an_idea(call, title="Mehr Bänke an der Hase")
    return call


def create_account(guest, pseudonym, email):
    guest.open("/registrieren")
    guest.fill("Pseudonym", pseudonym)
    guest.fill("E-Mail-Adresse", email)
    guest.page.get_by_label("18 oder älter").check()
    guest.press("Konto anlegen")
    guest.says("Bitte sehen Sie in Ihr Postfach")
    guest.open(link_in(latest_mail(email)))
    guest.press("Konto bestätigen")


def give_idea(guest):
    """A draft first, then a look at how it will read, then for everybody."""
    guest.open("/")
    guest.press("Idee einreichen")
    guest.fill("Titel", "Fahrradabstellanlage am Marktplatz")
    guest.fill("Ihre Idee", TEXT)
    guest.press("Als Entwurf speichern")
    guest.says("Nur Sie können ihn sehen.")
    guest.press("Ändern oder veröffentlichen")
    guest.page.get_by_label("Themenfeld").select_option("Verkehr")
    guest.press("Vorschau")
    assert guest.page.locator("#preview strong", has_text="überdachte").is_visible()
    assert guest.page.locator("#preview li").all_inner_texts() == ["für Lastenräder", "für Anhänger"]
    guest.press("Idee veröffentlichen")
    guest.says("Bitte stimmen Sie zu, damit die Stadt Ihre Idee veröffentlichen darf.")
    guest.page.get_by_label("Ich habe das selbst geschrieben").check()
    guest.press("Idee veröffentlichen")
    guest.says("Ihre Idee ist veröffentlicht.")


def find_idea(guest):
    guest.open("/")
    guest.press("Ideen lesen")
    guest.fill("Suchbegriff", "abstellanlagen")
    guest.press("Ideen suchen")
    assert guest.page.locator("main h3").all_inner_texts() == ["Fahrradabstellanlage am Marktplatz"]
    guest.press("Fahrradabstellanlage am Marktplatz")


def support_and_take_back(guest):
    """Without another page: what was typed into the comment stays."""
    support = guest.page.locator("#support")
    guest.fill("Ihr Kommentar", "Das brauche ich jeden Tag.")
    for button, count, announced in (
        ("Idee unterstützen", "1 Unterstützung – Ihre ist dabei", "Sie unterstützen diese Idee."),
        ("Unterstützung zurücknehmen", "0 Unterstützungen", "Sie unterstützen diese Idee nicht mehr."),
        ("Idee unterstützen", "1 Unterstützung – Ihre ist dabei", "Sie unterstützen diese Idee."),
    ):
        support.get_by_role("button", name=button).click()
        guest.hears(announced)
        expect(support.locator("strong").locator("..")).to_have_text(count, use_inner_text=True)
        expect(support.locator(":focus")).to_have_count(1)
        guest.look()
    assert guest.page.get_by_label("Ihr Kommentar").input_value() == "Das brauche ich jeden Tag."


def test_a_citizen_gives_an_idea_and_another_supports_it(guest, call):
    giver = guest()
    create_account(giver, "Hasefee", "hasefee@example.org")
    giver.says("Willkommen! Ihr Konto ist fertig.")
    giver.press("Abmelden")
    giver.sign_in("hasefee@example.org")
    give_idea(giver)

    with transaction():
        index_ideas()  # the worker does this all the time

    supporter = guest(size="phone")
    a_person(pseudonym="Radlerin", email="radlerin@example.org", password_hash=hash_password("Mond-und-Hase-7"))
    supporter.sign_in("radlerin@example.org", "Mond-und-Hase-7")
    find_idea(supporter)
    support_and_take_back(supporter)
    supporter.press("Kommentar veröffentlichen")
    supporter.says("Ihr Kommentar ist veröffentlicht.")
    supporter.press("Mein Bereich")
    supporter.press("Abmelden")

    visitor = guest(dark=True)
    find_idea(visitor)
    visitor.says("Das brauche ich jeden Tag.")
    idea = visitor.page.inner_text("main").split("1 Kommentar")[0]
    assert "1 Unterstützung" in idea
    assert "Radlerin" not in idea, "who supports an idea is nobody's business"


def test_a_draft_saves_itself_while_it_is_typed(guest, call):
    """The answer of the first save is lost on its way: it is asked again, and there is one draft all the same."""
    giver = guest()
    a_person(pseudonym="Hasefee", email="hasefee@example.org", password_hash=hash_password("Mond-und-Hase-7"))
    giver.sign_in("hasefee@example.org", "Mond-und-Hase-7")
    giver.open(f"/ideen/{call.slug}/neu")
    page, lost = giver.page, []

    def lose_first(route):
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    page.route("**/neu/zwischenstand", lose_first, times=1)
    giver.fill("Titel", "Ein Trinkbrunnen am Neumarkt")
    page.locator("[data-autosave-state]", has_text="Es fehlen Titel und Text").wait_for()
    page.unroute("**/neu/zwischenstand")
    page.route("**/neu/zwischenstand", lose_first, times=1)
    giver.fill("Ihre Idee", "An heißen Tagen fehlt Wasser.")
    giver.hears("Gespeichert um")
    assert len(lost) == 2
    giver.complaints.clear()  # of the browser, about the answers that were lost
    expect(page).to_have_url(re.compile("/bearbeiten$"))
    giver.reload()
    giver.fill("Ihre Idee", "An heißen Tagen fehlt Wasser. Ein Brunnen hilft allen.")
    page.get_by_label("Ich habe das selbst geschrieben").check()
    giver.press("Idee veröffentlichen")
    giver.says("Ihre Idee ist veröffentlicht.")
    giver.says("Ein Brunnen hilft allen.")
    db.session.rollback()
    given = db.session.scalars(select(Idea).where(Idea.title == "Ein Trinkbrunnen am Neumarkt")).all()
    assert [idea.state for idea in given] == ["published"]
