import shutil

import pytest
from flask_migrate import upgrade
from sqlalchemy import select, text

from ideenlab import create_app
from ideenlab.core.db import Model, db, roll_back, transaction
from ideenlab.core.storage import storage
from ideenlab.operating.actions.archive import Counted
from tests.conftest import make_settings


def _leave(app):
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def fresh_tables(tmp_path_factory):
    """A SQLite file as `flask db upgrade` makes it."""
    folder = tmp_path_factory.mktemp("fresh")
    app = create_app(make_settings(f"sqlite:///{folder / 'ideenlab.db'}", folder))
    with app.app_context():
        upgrade()
    _leave(app)
    return folder / "ideenlab.db"


@pytest.fixture(scope="session")
def house(fresh_tables, tmp_path_factory):
    """Makes an installation with tables and nothing else in them."""
    made = []

    def make(**more):
        folder = tmp_path_factory.mktemp("house")
        shutil.copy(fresh_tables, folder / "ideenlab.db")
        made.append(create_app(make_settings(f"sqlite:///{folder / 'ideenlab.db'}", folder, **more)))
        return made[-1]

    yield make
    for app in made:
        _leave(app)


@pytest.fixture
def there(database, house, tmp_path):
    """An empty installation at the database of this round."""
    if database.startswith("sqlite"):
        yield house()
        return
    app = create_app(make_settings(database, tmp_path))
    with app.app_context():
        clear()
        upgrade()
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        clear()
        with transaction():
            Model.metadata.create_all(db.session.connection())
    _leave(app)


def clear():
    with transaction():
        Model.metadata.drop_all(db.session.connection())
        db.session.execute(text("DROP TABLE IF EXISTS alembic_version"))
    db.session.remove()


def rows():
    """Every row of every table."""
    roll_back()
    found = {}
    for table in Model.metadata.sorted_tables:
        chosen = select(table).order_by(*table.primary_key.columns)
        found[table.name] = [tuple(row) for row in db.session.execute(chosen)]
    roll_back()
    return found


def files():
    """Every stored file by its key, as its hash."""
    found = {}
    for key in dict(storage().keys()):
        with storage().open(key) as content:
            found[key] = Counted(content).to_the_end()
    return found
