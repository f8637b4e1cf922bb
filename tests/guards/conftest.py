"""The demo city, filled once and copied for each test."""

import sqlite3

import pytest
from flask import Flask

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import demo_people
from ideenlab.core.db import db

PEOPLE = ["visitor", "citizen", "juror", "moderator", "organiser", "administrator"]
_kept = sqlite3.connect(":memory:", check_same_thread=False)


@pytest.fixture
def city(app: Flask) -> Flask:
    db.session.remove()
    connection = db.engine.raw_connection()
    driver = connection.driver_connection
    if _kept.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        driver.execute("PRAGMA query_only=OFF")
        _kept.backup(driver)
    else:
        done = app.test_cli_runner().invoke(args=["demo", "fill"])
        assert done.exit_code == 0, done.output
        driver.backup(_kept)
    connection.close()
    return app


def person_with(role: str) -> Person:
    if role == "citizen":
        return next(person for person in demo_people() if not person.roles)
    return next(person for person in demo_people() if person.has_role(role))
