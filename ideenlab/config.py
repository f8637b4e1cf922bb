"""Settings from the environment or .env, checked at start: one clear line for each fault."""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values

ROOT = Path(__file__).parent.parent
SAMPLE_SECRETS = {"change-me", "changeme", "secret", "dev", "please-change-me"}
DEMO_PASSWORD = "musterstadt-ausprobieren"  # noqa: S105 - public: the sign-in page of a demo city shows it
DATABASES = ("sqlite:///", "postgresql+psycopg://")
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


# What a row in the database puts in the place of the environment: docs/decisions/0019
CHANGEABLE = (
    "city_name", "city_zone", "city_email", "hours_for_illegal", "hours_for_reports", "days_for_hackathon_data",
    "city_claim", "city_accent", "city_logo", "city_languages", "bundesland", "map_source", "city_address",
    "city_phone", "city_head", "editor_name", "protection_officer", "protection_authority", "days_for_barriers",
    "conformance", "conformance_method", "statement_made_on", "statement_checked_on", "sign_video_url",
    "land_statute", "land_enforcement", "land_checked_on",
)  # fmt: skip


class ConfigError(Exception):
    """The settings cannot work. Each line of the message names one fault."""


@dataclass(frozen=True)
class Settings:
    """Every setting there is. The name in the environment is the same in capitals, `IDEENLAB_` before the demo ones.

    What holds in the end, with what administrators changed, says `core.security.city()`.
    """

    demo: bool
    demo_password: str
    host: str
    port: int
    workers: int
    threads: int
    page_cache: bool
    base_url: str
    trusted_proxies: int
    instance: Path
    database_url: str
    upload_folder: Path
    secret_key: str
    city_name: str
    city_zone: str
    city_email: str
    hours_for_illegal: int
    hours_for_reports: int
    days_for_hackathon_data: int
    source_url: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_tls: str
    mail_from: str
    metrics_token: str
    exchange_local: bool
    # from here on: nothing of it stands in the environment, administrators set it on the pages
    city_claim: str = ""
    city_accent: str = ""
    city_logo: str = ""
    city_languages: str = "de en"
    bundesland: str = ""
    map_source: str = ""
    city_address: str = ""
    city_phone: str = ""
    city_head: str = ""
    editor_name: str = ""
    protection_officer: str = ""
    protection_authority: str = ""
    days_for_barriers: int = 0  # 0: as the law of the Land says
    conformance: str = ""
    conformance_method: str = ""
    statement_made_on: str = ""
    statement_checked_on: str = ""
    sign_video_url: str = ""
    land_statute: str = ""  # empty: as our list of the Länder says
    land_enforcement: str = ""
    land_checked_on: str = ""

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def trusted_hosts(self) -> list[str]:
        host = urlsplit(self.base_url).hostname or "localhost"
        own = [] if self.host in ("0.0.0.0", "::") else [self.host]  # noqa: S104
        local = ["localhost", "127.0.0.1", "[::1]"] if self.demo else []
        return sorted({host, *own, *local})

    def flask(self) -> dict[str, object]:
        """What Flask and its extensions want to be told."""
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "TRUSTED_HOSTS": self.trusted_hosts,
            "SESSION_COOKIE_NAME": "__Host-session" if self.https else "session",
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_PATH": "/",
            "SESSION_REFRESH_EACH_REQUEST": False,  # a sign-in ends when its row says so
            "MAX_CONTENT_LENGTH": 1_000_000,
            "MAX_FORM_MEMORY_SIZE": 1_000_000,
            "MAX_FORM_PARTS": 400,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": True,
            "BABEL_DEFAULT_LOCALE": "de",
            "BABEL_DEFAULT_TIMEZONE": self.city_zone,
            "RATELIMIT_STORAGE_URI": "memory://",
            "RATELIMIT_HEADERS_ENABLED": False,
        }


class _Reader:
    """Reads one variable after the other and collects what is wrong with them."""

    def __init__(self, source: Mapping[str, str | None]) -> None:
        self.source, self.faults = source, list[str]()

    def text(self, name: str, default: str = "") -> str:
        return (self.source.get(name) or default).strip()

    def flag(self, name: str, default: str = "0") -> bool:
        value = self.text(name, default).lower()
        if value not in YES | NO:
            self.faults.append(f"{name}: {value!r} is neither 1 nor 0.")
        return value in YES

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        value = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,6}", value) or not lowest <= int(value) <= highest:
            self.faults.append(f"{name}: {value!r} is not a whole number from {lowest} to {highest}.")
            return default
        return int(value)

    def one_of(self, name: str, default: str, allowed: set[str]) -> str:
        value = self.text(name, default)
        if value not in allowed:
            shown = ", ".join(sorted(allowed)) if len(allowed) < 10 else "a known name such as Europe/Berlin"
            self.faults.append(f"{name}: {value!r} is not {shown}.")
            return default
        return value


def _database_url(read: _Reader, instance: Path) -> str:
    url = read.text("DATABASE_URL", f"sqlite:///{instance / 'ideenlab.db'}")
    url = database_address(url)
    if not url.startswith(DATABASES):
        read.faults.append("DATABASE_URL: must begin with sqlite:/// or postgresql://.")
    return url


def database_address(url: str) -> str:
    """As SQLAlchemy wants it, with the driver that is installed."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)


def _base_url(read: _Reader, host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    url = read.text("BASE_URL", f"http://{shown}:{port}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        read.faults.append(f"BASE_URL: {url!r} is not an address such as https://ideen.example.org (without a path).")
    return url


def _secret(read: _Reader, instance: Path, *, demo: bool) -> str:
    """The given secret, else the one kept in the instance folder, made on the first start."""
    given = read.text("SECRET_KEY")
    if given:
        if not demo and (len(given) < 32 or given.lower() in SAMPLE_SECRETS):
            read.faults.append("SECRET_KEY: too short or a sample; give at least 32 random characters, or none.")
        return given
    kept = instance / "secret_key"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        fresh = instance / f"secret_key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            kept.hardlink_to(fresh)  # never replaces a key that another process has just made
        fresh.unlink()
    return kept.read_text().strip()


def _metrics_token(read: _Reader) -> str:
    token = read.text("METRICS_TOKEN")
    if token and (len(token) < 20 or token.lower() in SAMPLE_SECRETS):
        read.faults.append("METRICS_TOKEN: give at least 20 random characters, or none to have no metrics.")
    return token


def _make_folders(settings: Settings) -> None:
    for folder in (settings.instance, settings.upload_folder):
        folder.mkdir(parents=True, exist_ok=True)


def _kept(env_file: Path | None) -> Mapping[str, str | None]:
    return dotenv_values(env_file) if env_file and env_file.exists() else {}


def load_settings(environ: Mapping[str, str], *, env_file: Path | None = ROOT / ".env") -> Settings:
    """Settings from `environ`, then `.env`. Raises ConfigError with one line per fault."""
    read = _Reader({**_kept(env_file), **environ})
    demo = read.flag("IDEENLAB_DEMO")
    instance = Path(read.text("INSTANCE_FOLDER", str(ROOT / "instance"))).resolve()
    host, port = read.text("HOST", "127.0.0.1"), read.number("PORT", 8000, 1, 65535)
    settings = Settings(
        demo=demo,
        demo_password=read.text("IDEENLAB_DEMO_PASSWORD", DEMO_PASSWORD),
        host=host,
        port=port,
        workers=read.number("WORKERS", 2, 1, 64),
        threads=read.number("THREADS", 4, 1, 64),
        page_cache=read.flag("PAGE_CACHE", "1"),
        base_url=_base_url(read, host, port),
        trusted_proxies=read.number("TRUSTED_PROXIES", 0, 0, 5),
        instance=instance,
        database_url=_database_url(read, instance),
        upload_folder=Path(read.text("UPLOAD_FOLDER", str(instance / "files"))).resolve(),
        secret_key=_secret(read, instance, demo=demo),
        city_name=read.text("CITY_NAME", "Musterstadt"),
        city_zone=read.one_of("CITY_ZONE", "Europe/Berlin", available_timezones()),
        city_email=read.text("CITY_EMAIL"),
        hours_for_illegal=read.number("HOURS_FOR_ILLEGAL", 24, 1, 720),
        hours_for_reports=read.number("HOURS_FOR_REPORTS", 72, 1, 720),
        days_for_hackathon_data=read.number("DAYS_FOR_HACKATHON_DATA", 60, 1, 3650),
        source_url=read.text("SOURCE_URL"),
        smtp_host=read.text("SMTP_HOST"),
        smtp_port=read.number("SMTP_PORT", 587, 1, 65535),
        smtp_user=read.text("SMTP_USER"),
        smtp_password=read.text("SMTP_PASSWORD"),
        smtp_tls=read.one_of("SMTP_TLS", "starttls", {"starttls", "tls", "none"}),
        mail_from=read.text("MAIL_FROM", "ideenlab@localhost"),
        metrics_token=_metrics_token(read),
        exchange_local=read.flag("EXCHANGE_LOCAL"),
    )
    if read.faults:
        raise ConfigError("\n".join(read.faults))
    _make_folders(settings)
    return settings


def zone(settings: Settings) -> ZoneInfo:
    return ZoneInfo(settings.city_zone)
