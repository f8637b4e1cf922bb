"""Somebody who speaks English gives an idea, from the first page to the mail: no German line is in the way."""

import pytest
from babel.messages.pofile import read_po

from ideenlab.config import ROOT
from ideenlab.core.db import db
from ideenlab.ideas.models import Idea
from tests.factories import a_call, a_topic, an_edition, an_idea
from tests.journeys.conftest import latest_mail, link_in

pytestmark = pytest.mark.journey


def german_lines():
    """What only the German pages say, as far as it is a line of its own."""
    with (ROOT / "ideenlab/translations/de/LC_MESSAGES/messages.po").open("rb") as source:
        catalogue = read_po(source, locale="de")
    pairs = [(message.id, message.string) for message in catalogue if isinstance(message.id, str) and message.id]
    english = {msgid for msgid, _german in pairs}
    return {german for _msgid, german in pairs if german not in english and "%(" not in german}


GERMAN = german_lines()


def is_english(guest):
    """The language is said, and no line is a German one – save the link to the German pages."""
    assert guest.page.locator("html").get_attribute("lang") == "en"
    lines = {line.strip() for line in guest.page.inner_text("body").splitlines()}
    assert lines & GERMAN - {"Deutsch", "DE"} == set()


@pytest.fixture
def call(app):
    edition = an_edition(title="Digital Week", motto="Together")
    a_topic(edition, title="Traffic")
    call = a_call(edition=edition, title="What should be better?", summary="Tell us.")
    an_idea(call, title="More benches by the river", text="So that everybody can have a rest.")
    return call


def sign_up(guest):
    guest.open("/registrieren?next=%2Fideen")
    guest.press("English")
    assert guest.page.url.endswith("/en/registrieren?next=%2Fideen"), "the switch keeps the page and what it was asked"
    is_english(guest)
    guest.fill("Pseudonym", "River")
    guest.fill("E-mail address", "river@example.org")
    guest.page.get_by_label("18 or older").check()
    guest.press("Create an account")
    is_english(guest)
    mail = latest_mail("river@example.org")
    assert "/en/" in link_in(mail)
    assert {line.strip() for line in mail.splitlines()} & GERMAN == set()
    guest.open(link_in(mail))
    guest.press("Confirm account")
    is_english(guest)


def test_an_english_speaker_gives_an_idea_and_supports_another(guest, call):
    giver = guest()
    sign_up(giver)
    giver.press("Ideas")
    giver.press("Give an idea")
    is_english(giver)
    giver.fill("Title", "A water fountain at the market")
    giver.fill("Your idea", "Free water for everybody, in summer too.")
    giver.press("Publish idea")
    giver.says("Please agree")
    is_english(giver)
    giver.page.get_by_label("I wrote this myself").check()
    giver.press("Publish idea")
    giver.says("A water fountain at the market")
    is_english(giver)
    idea = db.session.query(Idea).filter_by(title="More benches by the river").one()
    giver.open(f"/en/idee/{idea.id}")
    giver.page.get_by_role("button", name="Support this idea").click()
    giver.hears("You support this idea.")
    is_english(giver)
    giver.open("/en/mein-bereich")
    giver.says("A water fountain at the market")
    is_english(giver)
