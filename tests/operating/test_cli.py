"""A whole city goes through a file into an empty installation, and to another database and back."""

import io

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.storage import storage
from tests.factories import a_person
from tests.operating.conftest import files, rows
from tests.operating.test_actions import store


def run(app, *arguments):
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def contents(app):
    with app.app_context():
        found = rows(), files()
        db.session.remove()
    return found


@pytest.fixture(scope="session")
def city(house):
    """A demo city on SQLite, filled once and then only read."""
    app = house(IDEENLAB_DEMO="1")
    assert run(app, "demo", "fill")[0] == 0
    return app


@pytest.fixture(scope="session")
def everything(city):
    return contents(city)


def test_a_city_comes_back_from_its_backup_row_by_row_and_file_by_file(city, everything, house, there, tmp_path):
    code, said = run(city, "backup", str(tmp_path / "city.tar"))
    rows = sum(map(len, everything[0].values()))
    assert (code, said.splitlines()[0]) == (0, f"{rows:,} rows of {len(everything[0])} tables")
    assert (tmp_path / "city.tar").stat().st_mode & 0o077 == 0
    assert run(there, "restore", str(tmp_path / "city.tar"))[0] == 0
    assert contents(there) == everything
    assert len(everything[1]) > 10

    assert run(there, "backup", str(tmp_path / "again.tar"))[0] == 0  # and from this database to SQLite
    third = house()
    assert run(third, "restore", str(tmp_path / "again.tar"))[0] == 0
    assert contents(third) == everything

    with there.app_context():  # what is written next gets a free number
        highest = db.session.scalar(select(func.max(Person.id)))
        assert a_person().id > highest
        db.session.remove()


def test_the_rows_are_copied_to_another_database(city, everything, database, there):
    url = str(there.config["SQLALCHEMY_DATABASE_URI"]).replace("postgresql+psycopg://", "postgresql://")
    code, said = run(city, "copy-to", url)
    assert (code, said.splitlines()[-1][:7]) == (0, "Copied:")
    assert contents(there)[0] == everything[0]
    assert contents(city) == everything
    assert "is not empty" in run(city, "copy-to", url)[1]
    own = str(city.config["SQLALCHEMY_DATABASE_URI"])
    assert run(city, "copy-to", own) == (1, "Error: This is the database that is in use.\n")
    assert run(city, "copy-to", "mysql://x")[0] == 1


def test_nothing_is_ever_written_over(house, tmp_path):
    app, file = house(), tmp_path / "city.tar"
    assert run(app, "backup", str(file))[0] == 0
    code, said = run(app, "backup", str(file))
    assert code == 1
    assert "is there already" in said
    with app.app_context():
        a_person()
        before = rows()
    code, said = run(app, "restore", str(file))
    assert (code, said) == (
        1, "Error: This database is not empty: the table people holds rows. Nothing was changed.\n",
    )  # fmt: skip
    other = house()
    with other.app_context(), file.open("rb") as content:
        storage().put(content)
    assert run(other, "restore", str(file)) == (
        1, "Error: The folder of the stored files is not empty. Nothing was changed.\n",
    )  # fmt: skip
    assert contents(app)[0] == before


def test_a_file_that_was_lost_or_damaged_before_is_named_and_all_else_is_kept(house, tmp_path):
    app = house()
    with app.app_context():
        lost, damaged, *rest = [store(content).key for content in (b"lost", b"damaged", b"whole")]
        storage().delete(lost)
        storage().replace(damaged, io.BytesIO(b"something else"))
        db.session.remove()
    code, said = run(app, "backup", str(tmp_path / "later.tar"))
    assert (code, said.splitlines()[-2:]) == (2, [f"missing: {lost}", f"damaged: {damaged}"])
    third = house()
    code, said = run(third, "restore", str(tmp_path / "later.tar"))
    assert (code, said.splitlines()[-2:]) == (2, [f"missing: {lost}", f"damaged: {damaged}"])
    assert contents(third) == contents(app)
    assert set(contents(third)[1]) == {damaged, *rest}


def test_tables_of_another_version_are_refused(app, tmp_path):
    code, said = run(app, "backup", str(tmp_path / "city.tar"))
    assert (code, "flask db upgrade" in said) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_has_a_line_for_each_thing_and_ends_with_one_where_something_is_missing(city, house):
    code, said = run(city, "doctor")
    assert code == 1
    assert {line.split(maxsplit=1)[0] for line in said.splitlines()} == {"ok", "fehlt"}
    assert "IDEENLAB_DEMO" in said
    code, said = run(house(), "doctor")
    assert (code, len(said.splitlines())) == (1, 21)
