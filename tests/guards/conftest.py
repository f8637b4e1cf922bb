"""The demo city and a small house, filled once and copied for each test."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import demo_people
from ideenlab.core.db import db
from ideenlab.core.settings import overlay
from tests.conftest import every_table_may_be_filled
from tests.guards.doors import House

PEOPLE = ["visitor", "citizen", "juror", "moderator", "organiser", "administrator"]


class Keeper:
    """Keeps the rows of a filled database and gives them back as they were."""

    def __init__(self) -> None:
        self.rows = sqlite3.connect(":memory:", check_same_thread=False)
        self.kept = False

    def keep(self) -> None:
        with _driver() as driver:
            driver.backup(self.rows)
        self.kept = True

    def give_back(self) -> None:
        with _driver() as driver:
            driver.execute("PRAGMA query_only=OFF")
            self.rows.backup(driver)
        every_table_may_be_filled()
        overlay().forget()


@contextmanager
def _driver() -> Iterator[sqlite3.Connection]:
    db.session.remove()
    connection = db.engine.raw_connection()
    yield connection.driver_connection  # type: ignore[misc]
    connection.close()


_city, _house = Keeper(), Keeper()
_files_of_city = tempfile.TemporaryDirectory()
_houses: list[House] = []


@pytest.fixture
def city(app: Flask) -> Flask:
    uploads = app.config["SETTINGS"].upload_folder
    if _city.kept:
        _city.give_back()
        shutil.copytree(_files_of_city.name, uploads, dirs_exist_ok=True)
    else:
        done = app.test_cli_runner().invoke(args=["demo", "fill"])
        assert done.exit_code == 0, done.output
        _city.keep()
        shutil.copytree(uploads, _files_of_city.name, dirs_exist_ok=True)
    return app


@pytest.fixture
def house(app: Flask) -> House:
    """One of everything that has a form, built once and copied for each test."""
    if _house.kept:
        _house.give_back()
    else:
        _houses.append(House())
        _house.keep()
    return _houses[0].entered_anew()


def person_with(role: str) -> Person:
    if role == "citizen":
        return next(person for person in demo_people() if not person.roles)
    return next(person for person in demo_people() if person.has_role(role))
