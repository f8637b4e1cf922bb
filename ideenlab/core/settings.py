"""What holds now: the settings of the environment, and above them what administrators have set on the pages.

Every process looks into the table again after two seconds, on a connection of its own: no page takes a statement more,
and no transaction that reads or writes is disturbed.
"""

import logging
import re
import threading
import time
from dataclasses import fields, replace
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from flask import current_app

from ideenlab.config import CHANGEABLE, Settings
from ideenlab.core.db import db

SECONDS, PATIENCE = 2.0, 28.0  # until the next look; where the database did not answer, later
MAIL_TEXTS = "mail_texts"  # the row that changes with each text of a mail
ELSEWHERE = "elsewhere"  # the row that says whether ideas of other cities are listed
SHAPES = {
    "city_accent": "(#[0-9a-f]{6})?",
    "city_logo": "([0-9a-f]{40})?",
    "sign_video_url": r"(https://[^\s\"'<>]+)?",
    "conformance": "(full|partly|not)?",
    "conformance_method": "(self|external)?",
}  # fmt: skip - what is written into a stylesheet or an address, or looked up
DAYS = ("statement_made_on", "statement_checked_on", "land_checked_on")
NUMBERS = {field.name for field in fields(Settings) if field.type in (int, "int")}
log = logging.getLogger("ideenlab.settings")


class Overlay:
    """The rows of the table as this process knows them, and the settings they make."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.read_at: float | None = None
        self.rows: dict[str, str] = {}
        self.mails: dict[tuple[str, str], str] = {}  # by name of the mail and language
        self.made: tuple[Settings, dict[str, str], Settings] | None = None

    def forget(self) -> None:
        """Look again at the next question: something was changed by this process."""
        self.read_at = None

    def settings(self, base: Settings) -> Settings:
        self._look()
        rows, made = self.rows, self.made
        if made is None or made[0] is not base or made[1] is not rows:
            self.made = made = (base, rows, over(base, rows))
        return made[2]

    def noted(self, name: str) -> str:
        """What the house itself notes there, so that pages need not ask for it."""
        self._look()
        return self.rows.get(name, "")

    def mail_text(self, name: str, language: str) -> str | None:
        self._look()
        return self.mails.get((name, language))

    def _look(self) -> None:
        read_at = self.read_at
        if read_at is not None and time.monotonic() - read_at < SECONDS:
            return
        if not self.lock.acquire(blocking=read_at is None):
            return  # somebody is looking; what was known holds meanwhile
        try:
            if self.read_at == read_at:
                self.read_at = time.monotonic()
                self._read()
        finally:
            self.lock.release()

    def _read(self) -> None:
        try:
            rows = dict(_asked("SELECT name, value FROM city_settings"))
            if rows.get(MAIL_TEXTS) != self.rows.get(MAIL_TEXTS):
                texts = _asked("SELECT name, language, text FROM city_texts WHERE kind = 'mail'")
                self.mails = {(name, language): text for name, language, text in texts}
        except Exception as fault:  # no tables yet, or no database: each driver has exceptions of its own
            log.debug("the settings of the city cannot be read: %s", fault)
            self.read_at = time.monotonic() + PATIENCE
            return
        if rows != self.rows:
            self.rows = rows


def _asked(question: str) -> list[Any]:
    """Past the session: what it is doing must not be flushed, and a broken transaction must not matter."""
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(question)
        return list(cursor.fetchall())
    finally:
        connection.close()


def over(base: Settings, rows: dict[str, str]) -> Settings:
    """The settings with these rows above them. What cannot be used, because somebody wrote it by hand, is left out."""
    found: dict[str, Any] = {}
    for name in CHANGEABLE:
        value = rows.get(name)
        if value is None or (name in NUMBERS and not value.isdecimal()):
            continue
        if not _fits(name, value):
            continue
        found[name] = int(value) if name in NUMBERS else value
    return replace(base, **found)


def _fits(name: str, value: str) -> bool:
    if name == "city_zone":
        return value in available_timezones()
    if name in DAYS and value:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return name not in SHAPES or re.fullmatch(SHAPES[name], value) is not None


def overlay() -> Overlay:
    known: Overlay = current_app.extensions.setdefault("city_settings", Overlay())
    return known


def forget_settings() -> None:
    """For `after_commit`: this process knows at once what it has changed itself."""
    overlay().forget()


def mail_text(name: str, language: str) -> str | None:
    """What the city says in the place of a mail of ours: the subject in the first line."""
    return overlay().mail_text(name, language)
