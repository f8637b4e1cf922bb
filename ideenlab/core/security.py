"""Headers on every answer, the network a request comes from, secrets that are only kept as hashes."""

import hashlib
import ipaddress
import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_wtf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer
from werkzeug.local import LocalProxy
from werkzeug.middleware.proxy_fix import ProxyFix

from ideenlab.config import Settings
from ideenlab.core.settings import overlay

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; "
    "worker-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
V = TypeVar("V", bound=Callable[..., Any])
SANDBOX = "default-src 'none'; sandbox"  # for what people uploaded


def new_secret() -> str:
    """A secret for a link or a cookie: 256 bit, to be kept only as `hash_secret` of it."""
    return secrets.token_urlsafe(32)


def new_code(digits: int = 8) -> str:
    """A code that people type: decimal digits."""
    return "".join(secrets.choice("0123456789") for _ in range(digits))


def hash_secret(secret: str, *, purpose: str) -> str:
    """SHA-256 of purpose and secret as hex: enough for random secrets, useless for passwords."""
    return hashlib.sha256(f"{purpose}\x00{secret}".encode()).hexdigest()


def network() -> str:
    """Where the request comes from: the IPv4 address, or the /64 of an IPv6 address."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def wider_network() -> str:
    """The neighbourhood of `network()`: the /24 of an IPv4 address, the /48 of an IPv6 one."""
    known = network()
    if known == "unknown":
        return known
    prefix = 48 if ":" in known else 24
    return str(ipaddress.ip_network(known, strict=False).supernet(new_prefix=prefix))


def safe_path(path: str | None, *, default: str = "/") -> str:
    """A path on our own host to go to next, or `default`: never another host, never a second line."""
    if not path or not path.startswith("/") or path.startswith("//") or len(path) > 2000:
        return default
    if any(sign in path for sign in "\\\r\n\t\x00") or not path.isprintable():
        return default
    return path


def is_from_our_page() -> bool:
    """Whether the browser says that a page of this very site sent the request. One that says nothing is no proof."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    said = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    own = (urlsplit(request.host_url), urlsplit(city().base_url))
    return any((said.scheme, said.netloc) == (ours.scheme, ours.netloc) for ours in own)


def city() -> Settings:
    """The settings that hold now: of the environment, and above them what administrators have set."""
    return overlay().settings(base_settings())


def base_settings() -> Settings:
    """Those of the environment alone."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


csrf = CSRFProtect()


def needs_no_token(view: V) -> V:
    """For a door where something else proves the wish, such as a signed address that a mail program posts to."""
    csrf.exempt(view)
    return view


limiter = Limiter(key_func=network, default_limits=[])


class Sessions(SecureCookieSessionInterface):
    """Flask's own, except that what reads and signs the cookie is made once, not twice in each request."""

    signing: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self.signing is None:
            self.signing = super().get_signing_serializer(app)
        return self.signing


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if city().https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "Cache-Control" not in headers:
        personal = request.cookies or session.modified  # brought a cookie, or takes one along
        headers["Cache-Control"] = "private, no-store" if personal else "no-cache"
    headers.add("Vary", "Cookie")
    return response


def register_security(app: Flask, settings: Settings) -> None:
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.session_interface = Sessions()
    app.jinja_env.globals["city"] = LocalProxy(city)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_harden)
