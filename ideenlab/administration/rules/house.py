import re
from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.mail.models import Mail

LINK, CODE = re.compile(r"https?://\S+"), re.compile(r"\b\d[\d \u00a0-]{4,}\d\b")


def may_administer(person: Person) -> Verdict:
    return YES if person.has_role("administrator") else no(_("This page is for other roles."))


def may_retry_mail(person: Person, mail: Mail, now: datetime) -> Verdict:
    """Send it again without waiting: what was given up, or waits for its next try."""
    if not (verdict := may_administer(person)):
        return verdict
    if mail.sent_at is not None:
        return no(_("This mail has left already."))
    if not mail.recipient:
        return no(_("Address and text of this mail are deleted."))
    if mail.claimed_until is not None and mail.claimed_until > now:
        return no(_("This mail is being sent at this moment."))
    return YES


def may_test_mail(person: Person, waiting: Mail | None) -> Verdict:
    if not (verdict := may_administer(person)):
        return verdict
    if person.email is None:
        return no(_("Your account has no e-mail address."))
    if waiting is not None:
        return no(_("A test mail to you is still on its way."))
    return YES


def without_secrets(subject: str) -> str:
    """Codes and links sign in whoever has them: not even an administrator reads those of others."""
    return CODE.sub("[…]", LINK.sub("[…]", subject))


def masked(address: str) -> str:
    """`m…@example.org`: enough to see which mail server it is about."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}…{at}{domain}" if at and name else "–"


def job_names() -> dict[str, str]:
    """What each job of the worker does, in words; its own name stands beside it."""
    return {
        "archives.remind": _("Ask teams what became of their prototypes"),
        "events.places": _("Pass free places of events on"),
        "events.remind": _("Remind people of their events"),
        "events.tell": _("Tell people that their event was moved or cancelled, and send letters"),
        "exchange.read": _("Read open ideas of other cities"),
        "files.janitor": _("Remove files that belong to nothing"),
        "hackathons.places": _("Pass free places of hackathons on"),
        "ideas.duplicates": _("Look for ideas that say the same"),
        "ideas.index": _("Make new ideas findable"),
        "ideas.tidy": _("Tell authors before their drafts go, and what is discussed"),
        "insights.opinions": _("Compute the opinion maps"),
        "mail.send": _("Send mails"),
        "merges.end_due": _("End proposals to join ideas that have run out"),
        "moderation.queue": _("Fill the queue of the moderation"),
        "notifications.digests": _("Gather messages into digests"),
        "operating.note_runs": _("Write down how the jobs went"),
        "privacy.retain": _("Delete everything that was kept as long as the privacy notice says"),
        "prototypes.clean_up": _("Remove files of teams that are no more"),
        "stations.clean_up": _("Close stations that have run out"),
        "teams.forget_addresses": _("Forget invited addresses that never answered"),
        "trails.follow": _("Follow each idea on its way"),
    }
