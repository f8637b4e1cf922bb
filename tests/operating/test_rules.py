"""What the doctor says before a city goes live."""

import pyotp
import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.storage import storage
from ideenlab.mail.models import Mail
from ideenlab.operating.rules import LATE, findings
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
    "Impressum": {"CITY_EMAIL": ""},
    "Mailserver": {"SMTP_PORT": "1"},
}


@pytest.fixture
def house_ready(house):
    with house().app_context():
        a_person("administrator", totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
        yield
        db.session.remove()


def missing(folder, port, **more):
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
