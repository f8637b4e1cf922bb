"""An administrator makes every item of the check list green: on its page, or with what it names for the server."""

from dataclasses import replace

import pyotp
import pytest
from flask_migrate import stamp
from sqlalchemy import text

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from tests.factories import a_person
from tests.mail.servers import mail_server

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"
CHECK_LIST = "/administration/pruefliste"
ON_THE_SERVER = ("BASE_URL", "TRUSTED_PROXIES", "SMTP_HOST", "MAIL_FROM", "flask backup", "flask db upgrade")
CONTACT = {
    "Anschrift": "Stadt Neuhafen\nMarkt 1\n12345 Neuhafen", "Telefon": "0123 456-0",
    "E-Mail-Adresse": "ideen@neuhafen.example", "Vertreten durch": "Oberbürgermeisterin Karla Muster",
    "Verantwortlich für den Inhalt": "Jonas Beispiel, Markt 1, 12345 Neuhafen",
    "Datenschutzbeauftragte Stelle": "datenschutz@neuhafen.example",
    "Aufsichtsbehörde für den Datenschutz": "Die Landesbeauftragte für den Datenschutz",
}  # fmt: skip


@pytest.fixture
def bare(app, monkeypatch, tmp_path):
    """A city as it is after the first start: nothing in its environment, nobody's backup."""
    settings = replace(app.config["SETTINGS"], city_name="Musterstadt", instance=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    yield app
    with transaction():
        db.session.execute(text("DROP TABLE IF EXISTS alembic_version"))


def see_to_the_server(app, monkeypatch, tmp_path, port):
    """What the check list names for .env and the command line. The tables are those of the last migration already."""
    settings = replace(
        app.config["SETTINGS"], base_url="https://ideen.neuhafen.example", trusted_proxies=1, smtp_host="127.0.0.1",
        smtp_port=port, smtp_tls="none", mail_from="ideen@neuhafen.example",
    )  # fmt: skip
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    stamp()
    assert app.test_cli_runner().invoke(args=["backup", str(tmp_path / "backup.tar")]).exit_code == 0


def come_in(app, boss, email):
    """The role comes from the command line; the second step is asked for at once."""
    assert app.test_cli_runner().invoke(args=["accounts", "grant", email, "administrator"]).exit_code == 0
    boss.sign_in(email, PASSWORD)
    boss.press("Zweiten Schritt einrichten")
    boss.fill("Code", pyotp.TOTP(boss.page.inner_text("#key").replace(" ", "")).now())
    boss.press("Einschalten")


def name_the_city(boss):
    boss.press("Name der Stadt")
    boss.fill("Name der Stadt", "Neuhafen")
    boss.page.get_by_label("Bundesland").select_option(label="Niedersachsen")
    boss.press("Speichern")


def fill_in_the_contact(boss):
    """Once only looked at, then kept."""
    boss.press("Kontakt im Impressum")
    for label, given in CONTACT.items():
        boss.fill(label, given)
    boss.press("Vorschau")
    boss.says("Vorschau – noch nicht gespeichert")
    preview = boss.page.locator("section[aria-labelledby=look]").inner_text()
    assert all(line in preview for given in CONTACT.values() for line in given.splitlines())
    boss.press("Speichern")


def make_the_statement(boss):
    boss.press("Erklärung zur Barrierefreiheit")
    boss.page.get_by_label("Ist die Seite barrierefrei?").select_option(label="teilweise")
    boss.page.get_by_label("Wie wurde das festgestellt?").select_option(label="durch eigene Bewertung")
    for label in ("Die Erklärung wurde erstellt am", "Zuletzt geprüft am", "Gesetz und Stelle wurden geprüft am"):
        boss.fill(label, now().date().isoformat())
    boss.press("Speichern")
    boss.open(CHECK_LIST)
    boss.says("Der Text über Lücken und ihre Gründe fehlt.")
    boss.press("Erklärung zur Barrierefreiheit")
    boss.fill("Text", "- **Gebärdensprache:** Ein Video fehlt noch.")
    boss.press("Speichern")


def wear_a_colour(boss):
    """Too pale is refused with a shade that passes; the sample shows the new one, every page wears it after saving."""
    boss.open("/organisation/stadt/aussehen")
    boss.fill("Farbe von Links und Knöpfen", "#ffcc00")
    boss.press("Vorschau")
    boss.says("Der nächste Ton, der genügt, ist")
    boss.fill("Farbe von Links und Knöpfen", "#8a1c4a")
    boss.press("Vorschau")
    colour = "node => getComputedStyle(node).color"
    assert boss.page.locator(".il-sample--light .il-sample__link").evaluate(colour) == "rgb(138, 28, 74)"
    boss.press("Speichern")
    assert boss.page.locator("nav.il-crumbs a").first.evaluate(colour) == "rgb(138, 28, 74)"


def test_an_administrator_goes_through_the_check_list_to_green(bare, guest, monkeypatch, tmp_path):
    email = "boss@example.org"
    a_person(pseudonym="Boss", email=email, password_hash=hash_password(PASSWORD))
    boss = guest()
    come_in(bare, boss, email)
    boss.open(CHECK_LIST)
    for named in ON_THE_SERVER:
        boss.says(named)
    with mail_server() as (_letterbox, port):
        see_to_the_server(bare, monkeypatch, tmp_path, port)
        boss.open("/organisation")
        boss.says("Punkte fehlen vor dem Start")
        for mend in (name_the_city, fill_in_the_contact, make_the_statement):
            boss.open(CHECK_LIST)
            boss.says("Auf den Seiten zu erledigen")
            mend(boss)
        boss.open(CHECK_LIST)
        boss.says("Es fehlt nichts")
    boss.open("/organisation")
    assert "fehlen vor dem Start" not in boss.page.inner_text("main")
    boss.page.goto(f"{boss.address}/impressum")
    boss.says("12345 Neuhafen")
    wear_a_colour(boss)
