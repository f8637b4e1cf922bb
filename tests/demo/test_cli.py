"""`flask demo fill`: what it prints, and when it leaves a database alone."""

from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.config import DEMO_PASSWORD
from ideenlab.core.db import Model, db
from tests.factories import a_person


def everything():
    """How many rows each table has, and the youngest person."""
    db.session.rollback()
    counts = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in Model.metadata.sorted_tables
    }
    return counts, db.session.scalar(select(func.max(Person.id)))


def test_it_names_the_five_people_and_a_second_run_changes_nothing(app):
    runner = app.test_cli_runner()
    first = runner.invoke(args=["demo", "fill"])
    assert first.exit_code == 0
    lines = first.output.splitlines()
    assert lines[0] == "1/" + lines[0].partition("/")[2]
    assert "\r" not in first.output
    assert DEMO_PASSWORD in first.output
    assert [line.split()[-1] for line in lines[-5:]] == [
        "buerger@demo.example", "jury@demo.example", "moderation@demo.example", "organisation@demo.example",
        "verwaltung@demo.example",
    ]  # fmt: skip
    before = everything()
    second = runner.invoke(args=["demo", "fill"])
    assert second.exit_code == 0
    assert second.output == "The demo city is already filled; nothing was changed.\n"
    assert everything() == before


def test_it_refuses_where_real_people_have_accounts(app):
    a_person(pseudonym="Somebody real")
    before = everything()
    done = app.test_cli_runner().invoke(args=["demo", "fill"])
    assert done.exit_code == 1
    assert done.output == "Real people have accounts in this database: a demo city needs an empty one.\n"
    assert everything() == before
