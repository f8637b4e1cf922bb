"""Measurements that a GET causes: collected in the memory of this process, written together every few seconds."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from ideenlab.core.db import transaction

K = TypeVar("K")
MOST = 10_000  # more than this between two writes is a flood, and not worth the memory


class Buffer(Generic[K]):
    """Keeps the latest value of each key until `write` has stored them. A killed process loses what it holds."""

    def __init__(self, write: Callable[[Mapping[K, Any]], None], *, seconds: float = 10) -> None:
        self._write, self._seconds = write, seconds
        self._values: dict[K, Any] = {}
        self._lock = threading.Lock()
        self._due = 0.0

    def note(self, key: K, value: Any) -> None:
        with self._lock:
            if key in self._values or len(self._values) < MOST:
                self._values[key] = value

    def write_if_due(self, *, at_once: bool = False) -> None:
        """Store what there is, if the last time is long enough ago; only one thread does, outside of transactions."""
        with self._lock:
            if not self._values or (time.monotonic() < self._due and not at_once):
                return
            values, self._values = self._values, {}
            self._due = time.monotonic() + self._seconds
        try:
            with transaction():
                self._write(values)
        except SQLAlchemyError as error:
            current_app.logger.warning("measurements were not written: %s", error)
            with self._lock:
                self._values = self._united(values, self._values)

    def _united(self, before: dict[K, Any], since: dict[K, Any]) -> dict[K, Any]:
        return {**before, **since}


class Tally(Buffer[K]):
    """Keeps how often each key was counted. The first of them waits its time, so that many are written together."""

    def count(self, key: K) -> None:
        with self._lock:
            if not self._values:
                self._due = max(self._due, time.monotonic() + self._seconds)
            if key in self._values or len(self._values) < MOST:
                self._values[key] = self._values.get(key, 0) + 1

    def _united(self, before: dict[K, Any], since: dict[K, Any]) -> dict[K, Any]:
        return {key: before.get(key, 0) + since.get(key, 0) for key in {**before, **since}}
