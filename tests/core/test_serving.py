"""What the server starts: it refuses what cannot work, before anybody is served."""

import runpy
import sys

import pytest

from ideenlab import DEMO_ACCOUNTS
from ideenlab.config import ROOT, ConfigError
from tests.factories import a_person


@pytest.fixture
def begin(app, monkeypatch, tmp_path):
    """Start as gunicorn does, on the database of the test."""

    def start(**given):
        given = {"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "INSTANCE_FOLDER": str(tmp_path), **given}
        given = {"IDEENLAB_DEMO": "0", "FLASK_RUN_FROM_CLI": "", "SECRET_KEY": "t" * 40, **given}
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
        return runpy.run_path(str(ROOT / "wsgi.py"))

    return start


def test_outside_demo_mode_nobody_is_served_with_demo_accounts(begin, capsys):
    a_person(is_demo=True, password_hash="known to everybody")
    with pytest.raises(SystemExit) as end:
        begin()
    assert end.value.code == 3  # gunicorn stops at this number instead of trying for ever
    assert DEMO_ACCOUNTS in capsys.readouterr().err
    assert begin(IDEENLAB_DEMO="1")["app"].name == "ideenlab"
    assert begin(FLASK_RUN_FROM_CLI="true")["app"].name == "ideenlab"


def test_a_city_of_its_own_people_is_served(begin):
    a_person(password_hash="kept")
    assert begin()["app"].name == "ideenlab"


def test_an_empty_database_is_no_reason_to_refuse(begin, tmp_path):
    assert begin(DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")["app"].name == "ideenlab"


def test_faults_are_lines_and_no_traceback(begin, capsys):
    with pytest.raises(SystemExit) as end:
        begin(PORT="x", SECRET_KEY="change-me")
    assert end.value.code == 3
    assert capsys.readouterr().err.splitlines() == [
        "These settings cannot work:",
        "PORT: 'x' is not a whole number from 1 to 65535.",
        "SECRET_KEY: too short or a sample; give at least 32 random characters, or none.",
    ]


def test_make_run_refuses_demo_accounts_too(app, monkeypatch, tmp_path):
    from tools import serve

    a_person(is_demo=True, password_hash="known to everybody")
    monkeypatch.setattr("flask_migrate.upgrade", lambda: None)
    monkeypatch.setenv("DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"])
    monkeypatch.setenv("INSTANCE_FOLDER", str(tmp_path))
    monkeypatch.setenv("IDEENLAB_DEMO", "0")
    with pytest.raises(SystemExit) as end:
        serve.prepare(fill=True)
    assert DEMO_ACCOUNTS in str(end.value.code)
    assert ConfigError.__name__ not in str(end.value.code)
