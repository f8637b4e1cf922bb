import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, exists, func, inspect, or_, select, text

from ideenlab.config import ROOT
from ideenlab.core.clock import now
from ideenlab.core.db import Model, back_to, begin_reading, db, dialect_name, roll_back
from ideenlab.core.storage import storage
from ideenlab.files.models import StoredFile
from ideenlab.mail.models import Mail
from ideenlab.operating.models import JobRun

AT_ONCE = 500  # rows
# Tables that the migrations or the worker fill: without people nobody has changed them
BROUGHT = ("statuses", "job_runs")


def tables() -> list[Table]:
    """Every table, each after those it refers to."""
    return Model.metadata.sorted_tables


def newest_revision() -> str | None:
    """The last migration of the code that runs."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def revision_of(connection: Connection) -> str | None:
    """The last migration that the tables have seen, None before the first one."""
    return MigrationContext.configure(connection).get_current_revision()


def has_tables() -> bool:
    return bool(inspect(db.session.connection()).get_table_names())


@contextmanager
def snapshot() -> Iterator[Connection]:
    """The database as it stands at this moment, however long one looks at it."""
    token = begin_reading()
    try:
        if dialect_name() == "postgresql":
            connection = db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            take_your_time(connection)
        else:
            connection = db.session.connection()
            connection.execute(text("SELECT count(*) FROM sqlite_master"))  # the moment is the first look
        yield connection
    finally:
        roll_back()
        back_to(token)


def take_your_time(connection: Connection) -> None:
    """The time limits are made for pages; they come back with the end of the transaction."""
    if connection.dialect.name == "postgresql":
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))


def rows_of(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """One row after the other, never all of them in memory, in the order of the primary key."""
    chosen = select(table).order_by(*table.primary_key.columns)
    with connection.execution_options(yield_per=AT_ONCE).execute(chosen) as found:
        yield from found


def whole_files(connection: Connection) -> dict[str, str]:
    """Key and hash of every upload that is complete, by key."""
    chosen = select(StoredFile.key, StoredFile.sha256).where(StoredFile.state == "whole")
    return dict(sorted((key, sha256) for key, sha256 in connection.execute(chosen)))


def filled_table(connection: Connection) -> str:
    """The name of a table that somebody has filled, or nothing."""
    asked = (table for table in tables() if table.name not in BROUGHT)
    return next((table.name for table in asked if connection.scalar(select(exists().select_from(table)))), "")


def is_storage_empty() -> bool:
    return next(storage().keys(), None) is None


def missing_files() -> list[str]:
    """Keys of complete uploads whose file is gone."""
    stored = dict(storage().keys())
    return [key for key in whole_files(db.session.connection()) if key not in stored]


def mails_left_behind(moment: datetime) -> int:
    """How many mails wait although their time came a while ago: a worker that runs leaves none."""
    late = select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None), Mail.given_up_at.is_(None))
    late = late.where(Mail.due_at < moment, or_(Mail.claimed_until.is_(None), Mail.claimed_until < moment))
    return db.session.scalar(late) or 0


def mails_given_up(*, within: timedelta) -> int:
    chosen = select(func.count()).select_from(Mail).where(Mail.given_up_at > now() - within)
    return db.session.scalar(chosen) or 0


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def job_runs() -> dict[str, JobRun]:
    """How the worker's jobs went the last time, by their names."""
    return {run.name: run for run in db.session.scalars(select(JobRun).order_by(JobRun.name))}


def rows_per_table() -> list[tuple[str, int]]:
    """Every table with its number of rows, the fullest first."""
    counted = [(table.name, db.session.scalar(select(func.count()).select_from(table)) or 0) for table in tables()]
    return sorted(counted, key=lambda each: (-each[1], each[0]))


def database_bytes() -> int:
    """What the database takes on its disk."""
    if dialect_name() == "postgresql":
        return db.session.scalar(text("SELECT pg_database_size(current_database())")) or 0
    sizes = [db.session.scalar(text(f"PRAGMA {word}")) or 0 for word in ("page_count", "page_size")]
    return int(sizes[0] * sizes[1])


def stored_bytes() -> tuple[int, int]:
    """How many uploads are complete, and how many bytes they have, as the rows say."""
    chosen = select(func.count(), func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.state == "whole")
    number, size = db.session.execute(chosen).one()
    return number, int(size)
