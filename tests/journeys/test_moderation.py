"""Somebody without an account reports, the moderation hides, the author does not agree, somebody else restores."""

import pyotp
import pytest

from ideenlab.core.clock import now
from ideenlab.core.passwords import hash_password
from tests.factories import a_comment, a_person, an_idea
from tests.journeys.conftest import latest_mail, link_in

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"
REASON = "Der volle Name eines Nachbarn gehört nicht in eine Idee."


@pytest.fixture
def idea(app):
    author = a_person(pseudonym="Bankfreundin", email="autorin@example.org")
    idea = an_idea(author=author, title="Bänke für Herrn Neumann", text="Herr Neumann aus der Turmstraße sitzt gern.")
    a_comment(idea, a_person(pseudonym="Nachbar"), text="Das finde ich auch.")
    return idea


@pytest.fixture
def sign_in_staff(guest):
    """Somebody of the house, signed in with the second step that their role asks for."""

    def come(role, **how):
        secret = pyotp.random_base32()
        person = a_person(
            role, password_hash=hash_password(PASSWORD), totp_secret=secret, totp_confirmed_at=now(),
            pseudonym=f"Frau {role.capitalize()}",
        )  # fmt: skip
        somebody = guest(**how)
        somebody.sign_in(person.email, PASSWORD)
        somebody.fill("Code", pyotp.TOTP(secret).now())
        somebody.press("Weiter")
        return somebody

    return come


def report(reporter, idea):
    """The first try is empty, the second complete; nothing typed is lost."""
    reporter.open(f"/idee/{idea.id}")
    reporter.press("Diese Idee melden")
    reporter.fill("Ihre E-Mail-Adresse", "melderin@example.org")
    reporter.takes_a_minute()
    reporter.press("Meldung absenden")
    reporter.says("Bitte wählen Sie einen Grund.")
    reporter.page.get_by_label("Persönliche Daten von anderen").check()
    reporter.fill("Bitte beschreiben Sie in einem Satz", "Hier steht der Name meines Nachbarn.")
    reporter.press("Meldung absenden")
    reporter.says("Die Moderation prüft sie")
    receipt = latest_mail("melderin@example.org")
    assert "Bänke für Herrn Neumann" in receipt
    assert "Name meines Nachbarn" not in receipt  # nobody has proved this address: no words of strangers go there


def hide(moderator):
    moderator.press("Moderation")
    moderator.says("Persönliche Daten von anderen")
    moderator.press("Übernehmen – Bänke für Herrn Neumann")
    moderator.says("Sie bearbeiten diesen Fall.")
    moderator.press("Bänke für Herrn Neumann")
    moderator.page.get_by_label("Ausblenden", exact=True).check()
    moderator.press("Entscheidung speichern")
    moderator.says("Eine Begründung hat 10 bis 500 Zeichen.")
    moderator.fill("Grund", REASON)
    moderator.press("Entscheidung speichern")
    moderator.says("Hier wartet nichts.")
    assert REASON in latest_mail("melderin@example.org")


def appeal(author):
    """The way from the mail; the page of the idea says the same."""
    author.sign_in("autorin@example.org")
    author.open("/mein-bereich")
    author.press("Bänke für Herrn Neumann")
    author.says(REASON)
    author.press("Entscheidung lesen oder Einspruch einlegen")
    author.says(REASON)
    author.fill("Warum sind Sie nicht einverstanden?", "Herr Neumann hat zugestimmt, dass sein Name hier steht.")
    author.press("Einspruch absenden")
    author.says("Ihr Einspruch ist angekommen.")


def restore(moderator, other):
    moderator.open("/moderation/einsprueche")
    moderator.press("Bänke für Herrn Neumann")
    moderator.says("Diese Maßnahme haben Sie selbst getroffen.")
    other.press("Moderation")
    other.press("Einsprüche")
    other.press("Bänke für Herrn Neumann")
    other.page.get_by_label("Der Einspruch ist berechtigt").check()
    other.fill("Grund", "Die Einwilligung liegt vor, der Name darf bleiben.")
    other.press("Entscheidung speichern")
    other.says("Kein Einspruch ist offen.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_reported_hidden_appealed_restored(guest, idea, sign_in_staff, scripts):
    size = "desk" if scripts else "phone"
    reporter = guest(size=size, scripts=scripts)
    report(reporter, idea)
    moderator, other = sign_in_staff("moderator", size=size), sign_in_staff("organiser", size=size)
    hide(moderator)
    reporter.open("/ideen")
    reporter.open(f"/idee/{idea.id}")
    reporter.says("Diese Seite gibt es nicht")
    author = guest(size=size, scripts=scripts)
    appeal(author)
    restore(moderator, other)
    author.open(link_in(latest_mail("autorin@example.org")))
    author.says("Die Maßnahme ist zurückgenommen.")
    reporter.open(f"/idee/{idea.id}")
    reporter.says("Herr Neumann aus der Turmstraße")
    for path in ("/moderationsregeln", "/moderation-in-zahlen"):
        reporter.open(path)
    reporter.says("davon: Maßnahme zurückgenommen")
    for path in ("/moderation/zuletzt", "/moderation/protokoll", "/moderation/woerter", f"/moderation/idee/{idea.id}",
                 f"/moderation/idee/{idea.id}/schwaerzen", f"/moderation/person/{idea.author_id}"):  # fmt: skip
        moderator.open(path)
