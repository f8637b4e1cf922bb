"""The migrations make the tables that the models describe, and go up and down with rows in them."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from ideenlab import create_app
from ideenlab.core.db import Model, db, transaction
from tests.conftest import make_settings
from tests.factories import a_comment, a_hackathon, a_prototype, a_team, a_topic, an_idea

pytestmark = pytest.mark.on("sqlite", "postgresql")
EARLIER, LATER = "2026-01-01 10:00:00+00:00", "2026-01-03 10:00:00+00:00"


@pytest.fixture
def empty_app(database, tmp_path):
    """An application whose database has no table yet."""
    if database.startswith("sqlite"):
        database = f"sqlite:///{tmp_path / 'migrations.db'}"
    app = create_app(make_settings(database, tmp_path))
    with app.app_context():
        with transaction():
            Model.metadata.drop_all(db.session.connection())
            db.session.execute(text("DROP TABLE IF EXISTS alembic_version"))
        yield app
        db.session.remove()
        with transaction():
            Model.metadata.drop_all(db.session.connection())
            db.session.execute(text("DROP TABLE IF EXISTS alembic_version"))
            Model.metadata.create_all(db.session.connection())
        db.session.remove()
        db.engine.dispose()


def tables():
    db.session.rollback()
    return set(inspect(db.session.connection()).get_table_names()) - {"alembic_version"}


def some_rows():
    a_comment(an_idea(topic=a_topic()))
    a_prototype(a_team(a_hackathon()))
    db.session.remove()


def test_the_migrations_make_what_the_models_say(empty_app):
    upgrade()
    context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, Model.metadata) == []


def test_the_migrations_go_up_and_down_with_rows(empty_app):
    upgrade()
    some_rows()
    db.session.remove()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == set(Model.metadata.tables)
    some_rows()


def test_who_was_registered_before_the_second_migration_has_a_ticket_and_leads_the_team(empty_app):
    upgrade(revision="0001")
    rows = [
        ("editions", {"slug": "w", "title": "W", "motto": "", "starts_on": "2027-09-01", "ends_on": "2027-09-07"}),
        ("people", {"pseudonym": "Ada", "pseudonym_folded": "ada", "age_band": "adult", "state": "active",
                    "language": "de", "totp_last_step": 0, "is_guest": False, "is_demo": False, "created_at": EARLIER,
                    "suspended_reason": ""}),
        ("hackathons", {"edition_id": 1, "slug": "h", "title": "H", "place": "", "summary": "", "description": "",
                        "description_html": "", "starts_at": EARLIER, "ends_at": LATER, "places": 5,
                        "registered_count": 1, "team_size_min": 1, "team_size_max": 5, "revision": 1}),
        ("registrations", {"hackathon_id": 1, "person_id": 1, "skills": "", "state": "registered", "in_team": True,
                           "created_at": EARLIER}),
        ("teams", {"hackathon_id": 1, "name": "T", "name_folded": "t", "code": "ABCDEFGH", "member_count": 1,
                   "created_at": EARLIER}),
        ("memberships", {"team_id": 1, "hackathon_id": 1, "person_id": 1, "joined_at": EARLIER}),
    ]  # fmt: skip
    with transaction():
        for table, row in rows:
            names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
            db.session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), row)
    db.session.remove()
    upgrade()
    assert db.session.scalar(text("SELECT lead_id FROM teams")) == 1
    assert len(db.session.scalar(text("SELECT ticket_code FROM registrations"))) == 10
    assert db.session.scalar(text("SELECT count(*) FROM hackathons WHERE published_at IS NULL")) == 0
    db.session.remove()
    downgrade(revision="0001")
    assert db.session.scalar(text("SELECT state FROM registrations")) == "registered"
    db.session.remove()
    upgrade()
