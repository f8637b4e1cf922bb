from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.core.weblinks import clean_link, may_link
from ideenlab.exchange.models import ForeignIdea
from ideenlab.ideas.models import Call
from ideenlab.ideas.rules import may_enter_idea

MOST_SOURCES = 30


def may_manage_sources(person: Person) -> Verdict:
    return YES if person.has_role("administrator") else no(_("Only administrators name other cities."))


def may_read_from(base_url: str) -> Verdict:
    """Whether this can be the address of another Ideenlab. Where its name leads is looked at with each connection."""
    parts = urlsplit(base_url)
    if base_url == city().base_url:
        return no(_("This is our own address."))
    if city().exchange_local and parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1"):
        return YES
    if parts.scheme != "https":
        return no(_("Please give an address that begins with https://."))
    return may_link(base_url)


def plain_base_url(typed: str) -> str:
    """`https://ideen.example.org/ideen?x` as `https://ideen.example.org`; nothing where it is no address."""
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    except ValueError:
        return ""
    if city().exchange_local and parts.hostname in ("localhost", "127.0.0.1", "::1"):
        return urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    return clean_link(urlunsplit((parts.scheme, parts.netloc, "", "", "")))


def may_take_over(person: Person, idea: ForeignIdea, call: Call | None, now: datetime) -> Verdict:
    if not person.has_role("organiser", "administrator"):
        return no(_("Only organisers take over ideas of other cities."))
    if idea.taken_as_id is not None:
        return no(_("This idea has been taken over already."))
    if not idea.licence:
        return no(_("The other city does not say under which licence its ideas stand."))
    if idea.gone_at is not None or idea.source.is_paused:
        return no(_("The other city no longer shows this idea."))
    return may_enter_idea(person, call, now) if call is not None else YES
