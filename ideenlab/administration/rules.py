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
