"""The database session, its transactions, and column types that mean the same on SQLite and PostgreSQL.

A transaction reads unless somebody said that it writes: the database itself refuses a write in a GET.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, Token
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BindParameter, Connection, DateTime, MetaData, String, bindparam, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from ideenlab.core.clock import now

WAIT_FOR_LOCK = 5.0  # seconds, then an honest 503


class Model(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Model)
M = TypeVar("M", bound=Model)

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_one_writer = threading.Lock()  # several writing connections of one process make an unfair queue in SQLite

if TYPE_CHECKING:
    _DateTime = TypeDecorator[datetime]
    _Decimal = TypeDecorator[Decimal]
else:
    _DateTime = _Decimal = TypeDecorator


class UtcDateTime(_DateTime):
    """An aware time, kept in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def this_moment() -> BindParameter[datetime]:
    """When the statement runs: for statements that are put together once, which takes longer than running them."""
    return bindparam(None, callable_=now, type_=UtcDateTime())


class ExactDecimal(_Decimal):
    """A decimal kept as text, so that both databases give back exactly what was given."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # BEGIN is said below, not guessed by the driver
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    writing = _writing.get()
    if connection.dialect.name == "postgresql":
        connection.connection.dbapi_connection.read_only = not writing  # type: ignore[union-attr]
        return
    if not writing:
        _only_read(connection, "ON")
        _straight(connection, "BEGIN")
        return
    if not _one_writer.acquire(timeout=WAIT_FOR_LOCK):
        raise OperationalError("BEGIN", None, sqlite3.OperationalError("database is locked"))
    connection.info["writer"] = True
    try:
        _only_read(connection, "OFF")
        _straight(connection, "BEGIN IMMEDIATE")
    except BaseException:
        _free_writer(connection)
        raise


def _only_read(connection: Connection, word: str) -> None:
    """Said only where it changes: after this pragma SQLite compiles every statement of the connection anew."""
    if connection.info.get("query_only") != word:
        _straight(connection, f"PRAGMA query_only={word}")
        connection.info["query_only"] = word


def _straight(connection: Connection, *statements: str) -> None:
    """Past SQLAlchemy, which takes longer for these words than SQLite."""
    raw: Any = connection.connection.dbapi_connection
    try:
        for statement in statements:
            raw.execute(statement)
    except sqlite3.OperationalError as error:
        raise OperationalError(statements[-1], None, error) from error


def _free_writer(connection: Connection) -> None:
    if connection.info.pop("writer", False):
        _one_writer.release()


event.listen(Engine, "commit", _free_writer)
event.listen(Engine, "rollback", _free_writer)


@event.listens_for(Engine, "checkin")
def _free_writer_of_lost_connection(_connection: Any, entry: ConnectionPoolEntry) -> None:
    if entry.info.pop("writer", False):
        _one_writer.release()


def roll_back() -> None:
    db.session.rollback()
    db.session.info.pop("afterwards", None)


def after_commit(work: Callable[[], None]) -> None:
    """Do this once the transaction is kept, and never if it is not: what cannot be rolled back, such as a file."""
    db.session.info.setdefault("afterwards", []).append(work)


def commit() -> None:
    db.session.commit()
    for work in db.session.info.pop("afterwards", ()):
        with suppress(OSError):  # the transaction is kept; the janitor does what failed here
            work()


def begin_reading() -> Token[bool]:
    """End the transaction, keep nothing of it, and only read from here on."""
    roll_back()
    return _writing.set(False)


def begin_writing() -> Token[bool]:
    """End the transaction; from the next statement on this thread holds a transaction that may write."""
    roll_back()
    return _writing.set(True)


def back_to(token: Token[bool]) -> None:
    _writing.reset(token)


@contextmanager
def transaction() -> Iterator[None]:
    """Keep everything done inside, or nothing. For commands and jobs."""
    token = begin_writing()
    try:
        yield
        commit()
    except BaseException:
        roll_back()
        raise
    finally:
        back_to(token)


@contextmanager
def kept_on_refusal() -> Iterator[None]:
    """A short transaction of its own for what is kept although the request is refused: a wrong password."""
    if _writing.get():
        raise RuntimeError("kept_on_refusal() inside a writing transaction")
    with transaction():
        yield


LARGEST_ID = 2**31 - 1


def find(model: type[M], number: int, *along: Any) -> M | None:
    """The row with this primary key; a number no database can hold is simply not there. `along` is read with it."""
    return db.session.get(model, number, options=along) if 0 < number <= LARGEST_ID else None


def dialect_name() -> str:
    return db.engine.dialect.name
