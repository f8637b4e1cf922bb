"""How Alembic reaches our tables: the application's engine, one transaction for each migration."""

import sqlite3

from alembic import context

from ideenlab.core.db import Model, back_to, begin_writing, db


def run() -> None:
    token = begin_writing()
    try:
        with db.engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            if isinstance(driver, sqlite3.Connection):
                driver.execute("PRAGMA foreign_keys=OFF")  # a rebuilt table must not cascade
            context.configure(
                connection=connection,
                target_metadata=Model.metadata,
                render_as_batch=True,
                compare_type=True,
                transaction_per_migration=True,
                user_module_prefix="db.",
            )
            with context.begin_transaction():
                context.run_migrations()
            if isinstance(driver, sqlite3.Connection):
                driver.execute("PRAGMA foreign_keys=ON")
    finally:
        back_to(token)


if context.is_offline_mode():
    raise SystemExit("Migrations need a database: they look at the rows.")
run()
