import pytest

from ideenlab.config import ConfigError, load_settings


def load(folder, **given):
    return load_settings({"INSTANCE_FOLDER": str(folder), **given}, env_file=None)


def test_without_any_setting_everything_has_a_sensible_value(tmp_path):
    settings = load(tmp_path)
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.database_url == f"sqlite:///{tmp_path}/ideenlab.db"
    assert settings.demo is False


def test_the_secret_is_made_once_and_kept_for_nobody_else_to_read(tmp_path):
    first = load(tmp_path).secret_key
    assert len(first) == 64
    assert load(tmp_path).secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


FAULTS = [
    ({"PORT": "http"}, "PORT: 'http' is not a whole number from 1 to 65535."),
    ({"PORT": "0"}, "PORT: '0' is not a whole number from 1 to 65535."),
    ({"PORT": "٨٠"}, "PORT: '٨٠' is not a whole number from 1 to 65535."),
    ({"IDEENLAB_DEMO": "maybe"}, "IDEENLAB_DEMO: 'maybe' is neither 1 nor 0."),
    ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL: must begin with sqlite:/// or postgresql://."),
    ({"CITY_ZONE": "Mars/Base"}, "CITY_ZONE: 'Mars/Base' is not a known name such as Europe/Berlin."),
    ({"SMTP_TLS": "yes"}, "SMTP_TLS: 'yes' is not none, starttls, tls."),
    (
        {"BASE_URL": "ideen.example.org"},
        "BASE_URL: 'ideen.example.org' is not an address such as https://ideen.example.org (without a path).",
    ),
    (
        {"SECRET_KEY": "change-me"},
        "SECRET_KEY: too short or a sample; give at least 32 random characters, or none.",
    ),
]


@pytest.mark.parametrize(("given", "line"), FAULTS)
def test_a_fault_is_one_clear_line(tmp_path, given, line):
    with pytest.raises(ConfigError) as error:
        load(tmp_path, **given)
    assert str(error.value) == line


def test_all_faults_are_told_at_once(tmp_path):
    with pytest.raises(ConfigError) as error:
        load(tmp_path, PORT="x", WORKERS="0")
    assert [line.partition(":")[0] for line in str(error.value).splitlines()] == ["PORT", "WORKERS"]


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text("PORT=9000\nCITY_NAME=Aus der Datei\n")
    settings = load_settings({"INSTANCE_FOLDER": str(tmp_path), "PORT": "9001"}, env_file=file)
    assert (settings.port, settings.city_name) == (9001, "Aus der Datei")


def test_cookies_are_secure_and_bound_to_the_host_when_the_address_is_https(tmp_path):
    secure = load(tmp_path, BASE_URL="https://ideen.example.org").flask()
    assert (secure["SESSION_COOKIE_NAME"], secure["SESSION_COOKIE_SECURE"]) == ("__Host-session", True)
    plain = load(tmp_path).flask()
    assert (plain["SESSION_COOKIE_NAME"], plain["SESSION_COOKIE_SECURE"]) == ("session", False)


def test_postgresql_means_psycopg(tmp_path):
    assert load(tmp_path, DATABASE_URL="postgresql://u@h/d").database_url == "postgresql+psycopg://u@h/d"
