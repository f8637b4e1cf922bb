"""The demo city, filled once and copied for each test."""

import shutil
import sqlite3
import tempfile

import pytest
from flask import Flask

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import demo_people
from ideenlab.core.db import db

PEOPLE = ["visitor", "citizen", "juror", "moderator", "organiser", "administrator"]
_kept = sqlite3.connect(":memory:", check_same_thread=False)
_kept_files = tempfile.TemporaryDirectory()


@pytest.fixture
def city(app: Flask) -> Flask:
    db.session.remove()
    connection = db.engine.raw_connection()
    driver = connection.driver_connection
    uploads = app.config["SETTINGS"].upload_folder
    if _kept.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        driver.execute("PRAGMA query_only=OFF")
        _kept.backup(driver)
        shutil.copytree(_kept_files.name, uploads, dirs_exist_ok=True)
    else:
        done = app.test_cli_runner().invoke(args=["demo", "fill"])
        assert done.exit_code == 0, done.output
        driver.backup(_kept)
        shutil.copytree(uploads, _kept_files.name, dirs_exist_ok=True)
    connection.close()
    return app


def person_with(role: str) -> Person:
    if role == "citizen":
        return next(person for person in demo_people() if not person.roles)
    return next(person for person in demo_people() if person.has_role(role))
