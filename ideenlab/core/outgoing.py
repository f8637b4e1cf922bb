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

from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no

PIECE = 1 << 16
UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out in IPv6; what maps or translates IPv4 is not
Resolve = Callable[[str, int], list[str]]


class Outside(Exception):
    """The other side cannot be read. The message says why, for people."""


@dataclass
class Budget:
    """What is left for a whole reading: bytes, and the moment at which it ends."""

    bytes: int
    ends_at: float  # of the monotonic clock

    def seconds(self) -> float:
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise Outside(_("The other side is too slow."))
        return left


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def may_reach(address: str, *, local_allowed: bool = False) -> Verdict:
    """Whether an IP address is one of the internet. With `local_allowed` this very machine is one too."""
    refusal = no(_("This address leads into a network of our own. Only public addresses are read."))
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
        raise Outside(_("The answer cannot be read: it is not JSON.")) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _checked(url: str, *, local_allowed: bool) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or " " in url or "@" in parts.netloc:
        raise Outside(_("This is not a whole address."))
    if parts.scheme != "https" and not (parts.scheme == "http" and local_allowed):
        raise Outside(_("Only addresses that begin with https:// are read."))
    return parts


def _fetched(parts: SplitResult, budget: Budget, *, local_allowed: bool, find: Resolve) -> bytes:
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with _watched(_connected(host, port, budget, local_allowed=local_allowed, find=find), budget) as line:
            if parts.scheme == "https":
                line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
            return _read(line, parts, budget)
    except ssl.SSLCertVerificationError:
        raise Outside(_("The certificate of the other side is not valid.")) from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        budget.seconds()
        if isinstance(fault, TimeoutError):
            raise Outside(_("The other side is too slow.")) from None
        raise Outside(_("The other side cannot be reached, or hung up.")) from None


def _connected(host: str, port: int, budget: Budget, *, local_allowed: bool, find: Resolve) -> socket.socket:
    addresses = _resolved(host, port, budget, find)
    for address in addresses:
        if not (verdict := may_reach(address, local_allowed=local_allowed)):
            raise Outside(verdict.reason)
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
        raise Outside(_("There is no server of this name."))
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
            raise Outside(_("The answer is too large."))
    budget.seconds()
    budget.bytes -= len(content)
    if answer.length:
        raise Outside(_("The other side cannot be reached, or hung up."))
    return bytes(content)


def _insist_on_json(answer: http.client.HTTPResponse) -> None:
    if 300 <= answer.status < 400:
        raise Outside(_("The other side sends us to another address. Please name the address itself."))
    if answer.status != 200:
        raise Outside(_("The other side answers with an error (%(status)s).", status=answer.status))
    if answer.headers.get_content_type() != "application/json":
        raise Outside(_("The other side does not answer with JSON. Is it an Ideenlab?"))
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Outside(_("The other side answers in a packed form that we did not ask for."))
