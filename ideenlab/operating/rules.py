"""Whether a backup may come in here, and what is missing before a city goes live."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from ideenlab.accounts.queries import administrators, demo_people
from ideenlab.config import SAMPLE_SECRETS, Settings
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
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

ENOUGH_ROOM = 2_000_000_000  # bytes
LATE = timedelta(minutes=10)
OWN_MACHINE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - compared, not bound


def may_restore(connection: Connection, *, with_files: bool) -> Verdict:
    """Nothing is ever written over: what is here already stays."""
    table = filled_table(connection)
    if table:
        return no(_("This database is not empty: the table %(table)s holds rows.", table=table))
    if with_files and not is_storage_empty():
        return no(_("The folder of the stored files is not empty."))
    return YES


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is as it should be, and a sentence."""

    title: str
    is_fine: bool
    sentence: str


def _fine(title: str, sentence: str) -> Finding:
    return Finding(title, is_fine=True, sentence=sentence)


def _lacking(title: str, sentence: str) -> Finding:
    return Finding(title, is_fine=False, sentence=sentence)


def findings(settings: Settings) -> Iterator[Finding]:
    """What was looked at before going live, one after the other. Reaches for the mail server, but sends nothing."""
    yield from _settings(settings)
    yield _mail_server(settings)
    yield _room(settings)
    yield _storage()
    database = _database()
    yield database
    if database.is_fine:
        for look in LOOKS:
            yield look()


def _settings(settings: Settings) -> Iterator[Finding]:
    said = _("Demo mode is off.") if not settings.demo else _("IDEENLAB_DEMO is on: everybody knows the passwords.")
    yield Finding(_("Demo mode"), not settings.demo, said)
    strong = len(settings.secret_key) >= 32 and settings.secret_key.lower() not in SAMPLE_SECRETS
    said = _("It is long enough.") if strong else _("SECRET_KEY needs at least 32 random characters.")
    yield Finding(_("Secret"), strong, said)
    public = settings.https and urlsplit(settings.base_url).hostname not in OWN_MACHINE
    said = settings.base_url if public else _("BASE_URL must be the public address with https://.")
    yield Finding(_("Address"), public, said)
    behind = settings.trusted_proxies > 0
    said = (
        ngettext("%(num)s proxy is trusted.", "%(num)s proxies are trusted.", settings.trusted_proxies)
        if behind
        else _("TRUSTED_PROXIES is 0: behind a proxy all visitors seem to come from one network.")
    )
    yield Finding(_("Proxy"), behind, said)
    named = bool(settings.city_email) and settings.city_name != "Musterstadt"
    said = f"{settings.city_name}, {settings.city_email}" if named else _("CITY_NAME and CITY_EMAIL must be set.")
    yield Finding(_("Imprint"), named, said)


def _mail_server(settings: Settings) -> Finding:
    title = _("Mail server")
    if not settings.smtp_host or settings.mail_from.endswith("@localhost"):
        return _lacking(title, _("SMTP_HOST and MAIL_FROM must be set."))
    try:
        with postman(settings) as one:
            one.greet()
    except LineDown as fault:
        return _lacking(title, _("%(host)s cannot be used: %(fault)s", host=settings.smtp_host, fault=fault))
    return _fine(title, _("%(host)s answers and lets us in.", host=settings.smtp_host))


def _room(settings: Settings) -> Finding:
    free = min(free_bytes(folder) for folder in (settings.instance, settings.upload_folder))
    return Finding(_("Disk"), free >= ENOUGH_ROOM, _("%(size)s GB are free.", size=f"{free / 1e9:.1f}"))


def _storage() -> Finding:
    title = _("Stored files")
    try:
        storage().delete(storage().put(io.BytesIO(b"a try")))
    except (OSError, NoRoom) as fault:
        return _lacking(title, _("Nothing can be stored: %(fault)s", fault=fault))
    return _fine(title, _("Files can be stored."))


def _database() -> Finding:
    title = _("Database")
    try:
        found = revision_of(db.session.connection())
    except SQLAlchemyError as fault:
        said = str(fault).splitlines()[0]
        return _lacking(title, _("The database cannot be read: %(fault)s", fault=said))
    if found != newest_revision():
        return _lacking(title, _("The tables are not those of this version: flask db upgrade."))
    return _fine(title, _("The tables are those of this version."))


def _demo_people() -> Finding:
    fine = not demo_people()
    said = _("There are none.") if fine else _("This database holds demo accounts whose password everybody knows.")
    return Finding(_("Demo accounts"), fine, said)


def _administrators() -> Finding:
    title, people = _("Administration"), [role.person for role in administrators()]
    if not people:
        return _lacking(title, _("Nobody is administrator: flask accounts grant ADDRESS administrator."))
    bare = [person.pseudonym for person in people if person.totp_confirmed_at is None]
    if bare:
        return _lacking(title, _("Without second step at sign-in: %(names)s.", names=", ".join(bare)))
    said = ngettext("%(num)s person, with second step.", "%(num)s people, all with second step.", len(people))
    return _fine(title, said)


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
    return Finding(_("Mails"), not lost, said if lost else _("No mail was given up within a week."))


LOOKS: tuple[Callable[[], Finding], ...] = (_demo_people, _administrators, _files_of_rows, _worker, _lost_mails)
