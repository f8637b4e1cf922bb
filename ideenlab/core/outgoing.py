"""The only way out by HTTP: to an address somebody named, never to a machine of our own network.

The host is resolved once, every address it has must be a public one, and the connection goes to a checked address –
a name that changes its mind in between leads nowhere. No redirects, no cookies, no proxies; time and size are bounded
for the whole of an answer, however slowly it drips.
"""

import http.client
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.verdict import YES, Verdict, no

PIECE = 1 << 16
UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out in IPv6; what maps or translates IPv4 is not
Resolve = Callable[[str, int], list[str]]


FAULTS = {
    "slow": _l("The other side is too slow."),
    "no_address": _l("This is not a whole address."),
    "plain": _l("Only addresses that begin with https:// are read."),
    "no_server": _l("There is no server of this name."),
    "inside": _l("This address leads into a network of our own. Only public addresses are read."),
    "unreachable": _l("The other side cannot be reached, or hung up."),
    "certificate": _l("The certificate of the other side is not valid."),
    "redirect": _l("The other side sends us to another address. Please name the address itself."),
    "status": _l("The other side answers with an error (%(what)s)."),
    "other_kind": _l("The other side does not answer with JSON. Is it an Ideenlab?"),
    "no_json": _l("The answer cannot be read: it is not JSON."),
    "packed": _l("The other side answers in a packed form that we did not ask for."),
    "large": _l("The answer is too large."),
    "no_ideas": _l("The answer is JSON, but not the list of ideas of an Ideenlab."),
    "unkept": _l("The answer cannot be kept."),
    "elsewhere": _l("The next page is said to be on another server. It is not read."),
}  # fmt: skip


class Outside(Exception):
    """The other side cannot be read. `stored` is kept and says why; `said` makes a sentence of it for who reads it."""

    def __init__(self, code: str, what: str = "") -> None:
        self.stored = f"{code}:{what}" if what else code
        super().__init__(self.stored)

    def __str__(self) -> str:
        return said(self.stored)


def said(stored: str) -> str:
    """In the language of the reader. What is no code of ours stays as it is."""
    code, _colon, what = stored.partition(":")
    return str(FAULTS[code]) % {"what": what} if code in FAULTS else stored


@dataclass
class Budget:
    """What is left for a whole reading: bytes, and the moment at which it ends."""

    bytes: int
    ends_at: float  # of the monotonic clock

    def seconds(self) -> float:
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise Outside("slow")
        return left


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def may_reach(address: str, *, local_allowed: bool = False) -> Verdict:
    """Whether an IP address is one of the internet. With `local_allowed` this very machine is one too."""
    refusal = no(said("inside"))
    try:
        known: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return refusal
    if local_allowed and known.is_loopback:
        return YES
    if isinstance(known, ipaddress.IPv6Address):
        inside = known.ipv4_mapped or known.sixtofour
        if inside is not None:
            return may_reach(str(inside))
        if known.teredo or known not in UNICAST:
            return refusal
    return YES if known.is_global and not known.is_multicast and not known.is_reserved else refusal


def fetch_json(url: str, *, budget: Budget, local_allowed: bool = False, find: Resolve = resolve) -> Any:
    """What an address answers as JSON. Raises Outside."""
    parts = _checked(url, local_allowed=local_allowed)
    content = _fetched(parts, budget, local_allowed=local_allowed, find=find)
    try:
        return json.loads(content.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Outside("no_json") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _checked(url: str, *, local_allowed: bool) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or " " in url or "@" in parts.netloc:
        raise Outside("no_address")
    if parts.scheme != "https" and not (parts.scheme == "http" and local_allowed):
        raise Outside("plain")
    return parts


def _fetched(parts: SplitResult, budget: Budget, *, local_allowed: bool, find: Resolve) -> bytes:
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with _watched(_connected(host, port, budget, local_allowed=local_allowed, find=find), budget) as line:
            if parts.scheme == "https":
                line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
            return _read(line, parts, budget)
    except ssl.SSLCertVerificationError:
        raise Outside("certificate") from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        budget.seconds()
        if isinstance(fault, TimeoutError):
            raise Outside("slow") from None
        raise Outside("unreachable") from None


def _connected(host: str, port: int, budget: Budget, *, local_allowed: bool, find: Resolve) -> socket.socket:
    addresses = _resolved(host, port, budget, find)
    for address in addresses:
        if not may_reach(address, local_allowed=local_allowed):
            raise Outside("inside")
    last: OSError = OSError()
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=min(10, budget.seconds()))
        except OSError as fault:
            last = fault
    raise last


def _resolved(host: str, port: int, budget: Budget, find: Resolve) -> list[str]:
    """The system's resolver knows no time limit: it is waited for in a thread, and left when too slow."""
    found: list[str] = []

    def look() -> None:
        with suppress(OSError, UnicodeError):
            found.extend(find(host, port))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(min(10, budget.seconds()))
    addresses = list(found)
    if not addresses:
        raise Outside("no_server")
    return addresses


@contextmanager
def _watched(line: socket.socket, budget: Budget) -> Iterator[socket.socket]:
    """The connection is cut when the time is over, whatever is being waited for: a time limit only sees silence."""

    def cut() -> None:
        with suppress(OSError):
            watched.shutdown(socket.SHUT_RDWR)

    watched = line.dup()  # stays ours when TLS takes the other over
    line.settimeout(min(10, budget.seconds()))
    timer = threading.Timer(budget.seconds(), cut)
    timer.daemon = True
    timer.start()
    try:
        yield line
    finally:
        timer.cancel()
        watched.close()
        line.close()


def _read(line: socket.socket, parts: SplitResult, budget: Budget) -> bytes:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", port)
    connection.sock = line
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"Accept": "application/json", "User-Agent": "Ideenlab"})
        with closing(connection.getresponse()) as answer:
            budget.seconds()  # what was cut in its head looks like a short one
            _insist_on_json(answer)
            return _body(answer, budget)
    finally:
        connection.close()


def _body(answer: http.client.HTTPResponse, budget: Budget) -> bytes:
    content = bytearray()
    while piece := answer.read1(PIECE):
        content += piece
        budget.seconds()
        if len(content) > budget.bytes:
            raise Outside("large")
    budget.seconds()
    budget.bytes -= len(content)
    if answer.length:
        raise Outside("unreachable")
    return bytes(content)


def _insist_on_json(answer: http.client.HTTPResponse) -> None:
    if 300 <= answer.status < 400:
        raise Outside("redirect")
    if answer.status != 200:
        raise Outside("status", str(answer.status))
    if answer.headers.get_content_type() != "application/json":
        raise Outside("other_kind")
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Outside("packed")
