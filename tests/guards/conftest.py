"""The demo city and a small house, filled once and copied for each test."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import demo_people
from ideenlab.core.db import Model, db
from ideenlab.core.settings import overlay
from tests.conftest import every_table_may_be_filled, one_at_a_time
from tests.guards.doors import House

PEOPLE = ["visitor", "citizen", "juror", "moderator", "organiser", "administrator"]


class Keeper:
    """Keeps the rows of a filled database and gives them back as they were."""

    def __init__(self) -> None:
        self.rows = sqlite3.connect(":memory:", check_same_thread=False)
        self.kept = False

    def keep(self, filled: sqlite3.Connection) -> None:
        filled.backup(self.rows)
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
    connection.info.pop("query_only", None)  # said below past core.db, which remembers what it said
    yield connection.driver_connection  # type: ignore[misc]
    connection.close()


# What a refused request may leave behind, and how often ideas were seen, which is written every few seconds
UNCOUNTED = {"sign_ins", "failed_tries", "idea_appearances"}
_stored: dict[str, tuple[int, dict[str, list[tuple[object, ...]]]]] = {}


@cache
def _counted() -> tuple[str, ...]:
    return tuple(table.name for table in Model.metadata.sorted_tables if table.name not in UNCOUNTED)


@cache
def _watcher(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def stored() -> dict[str, list[tuple[object, ...]]]:
    """All rows there are, past SQLAlchemy. SQLite says whether anybody wrote since they were read; only it is asked."""
    db.session.rollback()
    path = str(db.engine.url.database)
    watcher = _watcher(path)
    version = watcher.execute("PRAGMA data_version").fetchone()[0]
    if path not in _stored or _stored[path][0] != version:
        rows = {name: watcher.execute(f"SELECT * FROM {name}").fetchall() for name in _counted()}
        _stored[path] = version, rows
    return _stored[path][1]


_city, _house = Keeper(), Keeper()
_houses: list[House] = []


@pytest.fixture(scope="session")
def city_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The city that all processes of a run share."""
    here = tmp_path_factory.getbasetemp()
    folder = (here if worker_id == "master" else here.parent) / "city"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def city(app: Flask, city_folder: Path) -> Flask:
    if not _city.kept:
        with one_at_a_time(city_folder / "lock"):
            _keep_city(app, city_folder)
    _city.give_back()
    shutil.copytree(city_folder / "files", app.config["SETTINGS"].upload_folder, dirs_exist_ok=True)
    return app


def _keep_city(app: Flask, folder: Path) -> None:
    if not (folder / "rows").exists():
        done = app.test_cli_runner().invoke(args=["demo", "fill"])
        assert done.exit_code == 0, done.output
        shutil.copytree(app.config["SETTINGS"].upload_folder, folder / "files")
        with _driver() as driver, closing(sqlite3.connect(folder / "rows")) as rows:
            driver.backup(rows)
    with closing(sqlite3.connect(folder / "rows")) as rows:
        _city.keep(rows)


@pytest.fixture
def house(app: Flask) -> House:
    """One of everything that has a form, built once and copied for each test."""
    if _house.kept:
        _house.give_back()
    else:
        _houses.append(House())
        with _driver() as driver:
            _house.keep(driver)
    return _houses[0].entered_anew()


def person_with(role: str) -> Person:
    if role == "citizen":
        return next(person for person in demo_people() if not person.roles)
    return next(person for person in demo_people() if person.has_role(role))
