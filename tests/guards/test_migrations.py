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
