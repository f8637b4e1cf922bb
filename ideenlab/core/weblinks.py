"""Links to elsewhere that people give: shown, never fetched."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no

FORBIDDEN = re.compile(r"[\s\\<>\"'`{}|^\x00-\x1f\x7f]")
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)")


def may_link(url: str) -> Verdict:
    """Whether an address is one of the web that everybody can open."""
    parts = _parts(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return no(_("Please give a whole address that begins with https://."))
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        return no(_("Please leave out the name and password before the address."))
    if not _is_public(_ascii_host(parts)):
        return no(_("Nobody else can open this address. Please give one that can be reached in the internet."))
    return YES


def clean_link(url: str) -> str:
    """An allowed address with its real host: letters of other scripts in their ASCII form."""
    parts = _parts(url)
    if parts is None or not may_link(url):
        return ""
    port = f":{parts.port}" if parts.port else ""
    host = _ascii_host(parts)
    shown = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme.lower(), shown + port, parts.path, parts.query, parts.fragment))


def host_of(url: str) -> str:
    """`example.org` for people to see where a link leads."""
    parts = _parts(url)
    return _ascii_host(parts) if parts else ""


def _parts(url: str) -> SplitResult | None:
    if FORBIDDEN.search(url) or not re.match(r"https?://[^/]", url, re.IGNORECASE):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    labels = host.split(".")
    if len(labels) < 2 or not all(0 < len(label) <= 63 for label in labels) or len(host) > 253:
        return False
    private = ("localhost", "local", "internal", "lan", "home")
    return labels[-1] not in private and not NUMBER.fullmatch(labels[-1])
