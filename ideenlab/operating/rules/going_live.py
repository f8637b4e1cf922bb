"""What a page can say about going live without waiting for anybody: settings, people, the pages that the law wants."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from ideenlab.accounts.queries import administrators, demo_people
from ideenlab.barriers.queries import open_barriers
from ideenlab.city.rules.settings import STATEMENT_LASTS
from ideenlab.config import SAMPLE_SECRETS, Settings
from ideenlab.core.clock import now
from ideenlab.core.i18n import day, in_city_time, ngettext
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city
from ideenlab.operating.rules.finding import Finding, fine, lacking
from ideenlab.privacy.queries import unlisted_rows
from ideenlab.texts.queries import find_text

OWN_MACHINE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - compared, not bound
BACKUP_MARK = "last_backup"  # a file in the instance folder, as old as the last backup
BACKUP_LASTS = timedelta(days=8)
GROUP = "manage_city.settings_group"


def missing_for_going_live(settings: Settings) -> list[Finding]:
    """All of it, fine or not. Reads the database and one file; reaches for nobody else."""
    sender = not settings.mail_from.endswith("@localhost") and bool(settings.smtp_host)
    said = settings.mail_from if sender else _("Set SMTP_HOST and MAIL_FROM in .env.")
    return [
        *settings_alone(settings), Finding(_("Sender of mails"), sender, said), backup_made(settings),
        *(look() for look in (*PEOPLE, *PAGES)),
    ]  # fmt: skip


def settings_alone(settings: Settings) -> Iterator[Finding]:
    on = _("IDEENLAB_DEMO is on: everybody knows the passwords. Set IDEENLAB_DEMO=0 in .env.")
    said = on if settings.demo else _("Demo mode is off.")
    yield Finding(_("Demo mode"), not settings.demo, said)
    strong = len(settings.secret_key) >= 32 and settings.secret_key.lower() not in SAMPLE_SECRETS
    said = _("It is long enough.") if strong else _("Set SECRET_KEY in .env to at least 32 random characters.")
    yield Finding(_("Secret"), strong, said)
    public = settings.https and urlsplit(settings.base_url).hostname not in OWN_MACHINE
    said = settings.base_url if public else _("Set BASE_URL in .env to the public address with https://.")
    yield Finding(_("Address"), public, said)
    behind = settings.trusted_proxies > 0
    said = (
        ngettext("%(num)s proxy is trusted.", "%(num)s proxies are trusted.", settings.trusted_proxies)
        if behind
        else _("Set TRUSTED_PROXIES in .env, mostly to 1: without it all visitors seem to come from one network.")
    )
    yield Finding(_("Proxy"), behind, said)
    named = settings.city_name != "Musterstadt"
    said = settings.city_name if named else _("“Musterstadt” stands on every page until you name your city.")
    yield Finding(_("Name of the city"), named, said, GROUP, {"group": "allgemein"})


def backup_made(settings: Settings) -> Finding:
    title, mark = _("Backup"), settings.instance / BACKUP_MARK
    if not mark.exists():
        return lacking(title, _("None was made yet: flask backup FILE."))
    made = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    if now() - made >= BACKUP_LASTS:
        return lacking(title, _("The last one was made on %(day)s: flask backup FILE.", day=day(made)))
    return fine(title, _("The last one was made on %(day)s.", day=day(made)))


def _demo_people() -> Finding:
    fine = not demo_people()
    said = _("There are none.") if fine else _(
        "This database holds demo accounts whose password everybody knows. Begin with an empty one: set DATABASE_URL or"
        " INSTANCE_FOLDER in .env."
    )  # fmt: skip
    return Finding(_("Demo accounts"), fine, said)


def _administrators() -> Finding:
    title, people = _("Administration"), [role.person for role in administrators()]
    if not people:
        return lacking(title, _("Nobody is administrator: flask accounts grant ADDRESS administrator."))
    bare = [person.pseudonym for person in people if person.totp_confirmed_at is None]
    if bare:
        said = _(
            "Without second step at sign-in: %(names)s. Each sets it up in their own account.", names=", ".join(bare)
        )
        return lacking(title, said, "accounts.set_up_second_factor")
    said = ngettext("%(num)s person, with second step.", "%(num)s people, all with second step.", len(people))
    return fine(title, said)


def _filled(title: str, group: str, **needed: str) -> Finding:
    """Whether all these settings say something."""
    settings = city()
    empty = [label for name, label in needed.items() if not getattr(settings, name)]
    if empty:
        return lacking(title, _("Not filled in: %(names)s.", names=", ".join(empty)), GROUP, group=group)
    return fine(title, _("All of it is filled in."), GROUP, group=group)


def _contact() -> Finding:
    return _filled(
        _("Contact in the imprint"), "kontakt", city_address=_("postal address"), city_phone=_("telephone"),
        city_email=_("e-mail address"), city_head=_("who represents the city"),
        editor_name=_("who is responsible for the content"),
    )  # fmt: skip


def _protection() -> Finding:
    return _filled(
        _("Contact in the privacy notice"), "kontakt", protection_officer=_("data protection officer"),
        protection_authority=_("supervisory authority"),
    )  # fmt: skip


def _land() -> Finding:
    title = _("Land")
    found = _filled(title, "allgemein", bundesland=_("the Land"))
    if not found.is_fine:
        return found
    group, checked = "barrierefreiheit", city().land_checked_on
    if not checked:
        said = _("Law and office come from a list. Please check them, correct them, and say when you did.")
        return lacking(title, said, GROUP, group=group)
    said = _("Law and office were checked on %(day)s.", day=day(date.fromisoformat(checked)))
    return fine(title, said, GROUP, group=group)


def _statement() -> Finding:
    title, group, settings = _("Accessibility statement"), "barrierefreiheit", city()
    found = _filled(
        title, group, conformance=_("how accessible the site is"), conformance_method=_("how that was found out"),
        statement_made_on=_("when it was made"), statement_checked_on=_("when it was checked"),
    )  # fmt: skip
    if not found.is_fine:
        return found
    checked = date.fromisoformat(settings.statement_checked_on)
    if in_city_time(now()).date() - checked > STATEMENT_LASTS:
        return lacking(title, _("It was last checked on %(day)s: more than a year ago.", day=day(checked)), GROUP,
                       group=group)  # fmt: skip
    gaps = find_text("page", "accessibility", "de")
    if settings.conformance != "full" and not (gaps and gaps.text):
        said = _("The text about gaps and their reasons is missing.")
        return lacking(title, said, "manage_texts.edit_page", page="accessibility", code="de")
    return found


def _barriers() -> Finding:
    late = open_barriers()[1]
    said = ngettext("%(num)s report about a barrier is overdue.", "%(num)s reports about barriers are overdue.", late)
    return Finding(_("Barriers"), not late, said if late else _("No answer is overdue."), "manage_barriers.barriers")


def _erased() -> Finding:
    """Where the list cannot be written, a restored backup would bring people back whom nobody erases again."""
    title, missing = _("Erased people"), len(unlisted_rows())
    if not missing:
        return fine(title, _("All of them stand in the list that outlives a restored backup."))
    said = ngettext(
        "%(num)s is missing in erased.csv: can the instance folder be written to? Then: flask privacy erase-again.",
        "%(num)s are missing in erased.csv: can the instance folder be written to? Then: flask privacy erase-again.",
        missing,
    )
    return lacking(title, said)


PEOPLE: tuple[Callable[[], Finding], ...] = (_demo_people, _administrators, _erased)
PAGES: tuple[Callable[[], Finding], ...] = (_contact, _protection, _land, _statement, _barriers)
