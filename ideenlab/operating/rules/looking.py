"""Whether a backup may come in here, and what is missing before a city goes live."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from ideenlab.config import Settings
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext, number
from ideenlab.core.smtp import LineDown, postman
from ideenlab.core.storage import NoRoom, storage
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.operating.queries import (
    filled_table,
    free_bytes,
    is_storage_empty,
    mails_given_up,
    mails_left_behind,
    missing_files,
    newest_revision,
    revision_of,
)
from ideenlab.operating.rules.finding import Finding, fine, lacking
from ideenlab.operating.rules.going_live import PAGES, PEOPLE, backup_made, settings_alone

ENOUGH_ROOM = 2_000_000_000  # bytes
LATE = timedelta(minutes=10)


def may_restore(connection: Connection, *, with_files: bool) -> Verdict:
    """Nothing is ever written over: what is here already stays."""
    table = filled_table(connection)
    if table:
        return no(_("This database is not empty: the table %(table)s holds rows.", table=table))
    if with_files and not is_storage_empty():
        return no(_("The folder of the stored files is not empty."))
    return YES


def findings(settings: Settings) -> Iterator[Finding]:
    """What was looked at before going live, one after the other. Reaches for the mail server, but sends nothing."""
    yield from settings_alone(settings)
    yield _mail_server(settings)
    yield backup_made(settings)
    yield _room(settings)
    yield _storage()
    database = _database()
    yield database
    if database.is_fine:
        for look in LOOKS:
            yield look()


def _mail_server(settings: Settings) -> Finding:
    title = _("Mail server")
    if not settings.smtp_host or settings.mail_from.endswith("@localhost"):
        return lacking(title, _("Set SMTP_HOST and MAIL_FROM in .env."))
    try:
        with postman(settings) as one:
            one.greet()
    except LineDown as fault:
        return lacking(title, _("%(host)s cannot be used: %(fault)s", host=settings.smtp_host, fault=fault))
    return fine(title, _("%(host)s answers and lets us in.", host=settings.smtp_host))


def _room(settings: Settings) -> Finding:
    free = min(free_bytes(folder) for folder in (settings.instance, settings.upload_folder))
    size, least = number(free / 1e9, 1), number(ENOUGH_ROOM // 10**9)
    if free < ENOUGH_ROOM:
        return lacking(_("Disk"), _("%(size)s GB are free, %(least)s are needed: make room.", size=size, least=least))
    return fine(_("Disk"), _("%(size)s GB are free.", size=size))


def _storage() -> Finding:
    title = _("Stored files")
    try:
        storage().delete(storage().put(io.BytesIO(b"a try")))
    except (OSError, NoRoom) as fault:
        return lacking(title, _("Nothing can be stored: %(fault)s. See to UPLOAD_FOLDER in .env.", fault=fault))
    return fine(title, _("Files can be stored."))


def _database() -> Finding:
    title = _("Database")
    try:
        found = revision_of(db.session.connection())
    except SQLAlchemyError as fault:
        said = str(fault).splitlines()[0]
        return lacking(title, _("The database cannot be read: %(fault)s", fault=said))
    if found != newest_revision():
        return lacking(title, _("The tables are not those of this version: flask db upgrade."))
    return fine(title, _("The tables are those of this version."))


def _files_of_rows() -> Finding:
    lost = len(missing_files())
    said = ngettext("%(num)s file is gone: flask files janitor names it.",
                    "%(num)s files are gone: flask files janitor names them.", lost)  # fmt: skip
    return Finding(_("Uploads"), not lost, said if lost else _("Every upload has its file."))


def _worker() -> Finding:
    late = mails_left_behind(now() - LATE)
    said = ngettext("%(num)s mail waits too long: does flask work run?",
                    "%(num)s mails wait too long: does flask work run?", late)  # fmt: skip
    return Finding(_("Worker"), not late, said if late else _("No mail waits too long."))


def _lost_mails() -> Finding:
    lost = mails_given_up(within=timedelta(days=7))
    said = ngettext("%(num)s mail was given up within a week.", "%(num)s mails were given up within a week.", lost)
    said = said if lost else _("No mail was given up within a week.")
    return Finding(_("Mails"), not lost, said, "administration.outbox", {"kind": "given_up"} if lost else {})


LOOKS: tuple[Callable[[], Finding], ...] = (*PEOPLE, *PAGES, _files_of_rows, _worker, _lost_mails)
