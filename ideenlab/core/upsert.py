"""Rows that are added unless they are there already, in one statement on both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite

from ideenlab.core.db import Model, db, dialect_name


def _insert(model: type[Model]) -> Any:
    return (postgresql if dialect_name() == "postgresql" else sqlite).insert(model)


def insert_missing(model: type[Model], row: Mapping[str, Any]) -> bool:
    """Add a row unless one with the same key is there. Says whether it was added."""
    key = list(inspect(model).primary_key)
    added = _insert(model).values(**row).on_conflict_do_nothing().returning(*key)
    return db.session.execute(added).first() is not None


def insert_selected(model: type[Model], names: list[str], rows: Any) -> None:
    """Add what a query with a WHERE gives, leaving out rows whose key is there already."""
    db.session.execute(_insert(model).from_select(names, rows).on_conflict_do_nothing())
