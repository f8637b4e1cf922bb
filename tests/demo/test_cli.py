"""`flask demo fill`: what it prints, and when it leaves a database alone."""

from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.config import DEMO_PASSWORD
from ideenlab.core.db import Model, db
from ideenlab.events.models import SignUp
from ideenlab.events.queries import all_events
from tests.factories import a_person, a_topic, an_edition


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


def test_a_filled_city_grows_to_a_whole_week_once(app):
    """On a city without events: how much there is, and that a second time adds nothing."""
    edition = an_edition(slug="digitale-woche")
    a_topic(edition)
    a_person(is_demo=True)
    runner = app.test_cli_runner()
    for _time in range(2):
        done = runner.invoke(args=["demo", "fill", "--week"])
        assert (done.exit_code, done.output.splitlines()[-1]) == (
            0, "The week has 80 events, 48 partners, 1,800 sign_ups"
        )  # fmt: skip
    events = all_events(edition)
    assert {event.state for event in events} == {"published"}
    assert all(event.registered_count <= event.places for event in events)
    assert sum(event.registered_count for event in events) == count_sign_ups("registered")


def count_sign_ups(state):
    return db.session.scalar(select(func.count()).where(SignUp.state == state))
