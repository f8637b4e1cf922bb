"""What the doctor says before a city goes live."""

import pyotp
import pytest

from ideenlab.city.actions import change_settings
from ideenlab.city.rules import GROUPS
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.storage import storage
from ideenlab.mail.models import Mail
from ideenlab.operating.rules import BACKUP_MARK, LATE, findings, missing_for_going_live
from tests.conftest import make_settings
from tests.factories import a_person, saved
from tests.mail.servers import mail_server
from tests.operating.test_actions import store

LIVE = {
    "BASE_URL": "https://ideen.example.org", "TRUSTED_PROXIES": "1", "CITY_NAME": "Teststadt",
    "CITY_EMAIL": "woche@example.org", "SMTP_HOST": "127.0.0.1", "SMTP_TLS": "none", "MAIL_FROM": "woche@example.org",
}  # fmt: skip
BEFORE = {
    "Demo": {"IDEENLAB_DEMO": "1"},
    "Geheimer Schlüssel": {"SECRET_KEY": "short", "IDEENLAB_DEMO": "1"},
    "Adresse": {"BASE_URL": "http://ideen.example.org"},
    "Proxy": {"TRUSTED_PROXIES": "0"},
    "Name der Stadt": {"CITY_NAME": "Musterstadt"},
    "Mailserver": {"SMTP_PORT": "1"},
}


@pytest.fixture
def house_ready(house):
    with house().app_context():
        fill_in_the_city()
        a_person("administrator", totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
        yield
        db.session.remove()


def fill_in_the_city():
    """Everything that the law wants on the pages."""
    today = now().date().isoformat()
    contact = dict.fromkeys(GROUPS["kontakt"], "Rathaus, Markt 1") | {"city_email": "woche@example.org"}
    days = {"statement_made_on": today, "statement_checked_on": today, "land_checked_on": today}
    statement = {"conformance": "full", "conformance_method": "self", **days}
    general = {"city_name": "Teststadt", "bundesland": "he", "city_zone": "Europe/Berlin"}
    with transaction():
        for group, given in (("kontakt", contact), ("allgemein", general), ("barrierefreiheit", statement)):
            change_settings(None, group=group, given=given)


def missing(folder, port, **more):
    (folder / BACKUP_MARK).touch()
    database = f"sqlite:///{folder / 'unused.db'}"
    settings = make_settings(database, folder, **{**LIVE, "SMTP_PORT": str(port), **more})
    return {finding.title for finding in findings(settings) if not finding.is_fine}


def test_nothing_is_missing_in_a_city_that_is_ready_and_each_fault_is_named(house_ready, tmp_path):
    with mail_server() as (_letterbox, port):
        assert missing(tmp_path, port) == set()
        found = {title: missing(tmp_path, port, **wrong) for title, wrong in BEFORE.items()}
    assert {title: title in titles for title, titles in found.items()} == dict.fromkeys(BEFORE, True)
    assert [len(titles) for titles in found.values()] == [1, 2, 1, 1, 1, 1]


def test_what_is_wrong_in_database_and_storage_is_named(house_ready, tmp_path):
    storage().delete(store(b"soon gone").key)
    a_person("administrator", pseudonym="Bare")
    saved(Mail(recipient="a@example.org", subject="s", text="t", due_at=now() - 2 * LATE))
    saved(Mail(recipient="b@example.org", subject="s", text="t", given_up_at=now()))
    with mail_server() as (_letterbox, port):
        assert missing(tmp_path, port) == {"Hochgeladenes", "Administration", "Hintergrundarbeit", "Mails"}
    with transaction():
        storage().root.rename(tmp_path / "elsewhere")
        storage().root.write_text("no folder")
    with mail_server() as (_letterbox, port):
        assert "Gespeicherte Dateien" in missing(tmp_path, port)


def test_the_page_says_where_to_mend_what_is_missing(house_ready, tmp_path):
    settings = make_settings(f"sqlite:///{tmp_path / 'unused.db'}", tmp_path, **LIVE)
    with transaction():
        old = {"conformance": "partly", "conformance_method": "self", "statement_made_on": "2020-01-01"}
        change_settings(None, group="barrierefreiheit", given={**old, "statement_checked_on": "2020-02-02"})
        change_settings(None, group="kontakt", given={"city_email": "woche@example.org", "city_phone": "1"})
    found = {one.title: one for one in missing_for_going_live(settings) if not one.is_fine}
    assert set(found) == {
        "Sicherung", "Kontakt im Impressum", "Kontakt in den Datenschutzhinweisen", "Erklärung zur Barrierefreiheit",
        "Bundesland",
    }  # fmt: skip
    assert "vor mehr als einem Jahr" in found["Erklärung zur Barrierefreiheit"].sentence
    assert "Anschrift, wer die Stadt vertritt" in found["Kontakt im Impressum"].sentence
    assert found["Kontakt im Impressum"].endpoint == "manage_city.settings_group"
    assert found["Kontakt im Impressum"].values == {"group": "kontakt"}
