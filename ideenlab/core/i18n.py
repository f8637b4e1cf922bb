"""Languages, dates and numbers. German is at `/…`, English at `/en/…`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo

import flask_babel
from babel.dates import format_datetime, format_timedelta, get_timezone
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, has_request_context, redirect, request
from flask_babel import Babel, LazyString, lazy_gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from wtforms.i18n import messages_path

from ideenlab.core.clock import now
from ideenlab.core.security import city

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["LANGUAGES", "LazyString", "gettext", "lazy_gettext", "ngettext"]

LANGUAGES = {"de": "Deutsch", "en": "English"}
TRANSLATIONS = Path(__file__).parent.parent / "translations"
MINUTES_COUNT = 7200  # seconds; what is longer ago is said in hours or days
babel = Babel()


class LanguagePrefix:
    """Takes `/en` off the path and adds it to every address that is built in this request."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/en" or path.startswith("/en/"):
            environ["ideenlab.language"] = "en"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
        return self.app(environ, start_response)


_spoken: ContextVar[str] = ContextVar("spoken", default="")


def language() -> str:
    """The language of this page or mail: `de` or `en`."""
    return _spoken.get() or _language_of_request()


def _language_of_request() -> str:
    return request.environ.get("ideenlab.language", "de") if has_request_context() else "de"


def _speak_language_of_request() -> Response | None:
    """Asked dozens of times on a page, so found out once. Who asks for one that the city does not offer gets German."""
    spoken = _language_of_request()
    g.spoken = _spoken.set(spoken)
    if spoken not in offered() and request.method in ("GET", "HEAD"):
        return cast(Response, redirect(other_language_path()))
    return None


def offered() -> dict[str, str]:
    """The languages that this city offers, by code."""
    chosen = city().city_languages.split()
    return {code: name for code, name in LANGUAGES.items() if code == "de" or code in chosen}


def _speak_as_before(_error: BaseException | None) -> None:
    token = g.pop("spoken", None)
    if token is not None:
        _spoken.reset(token)


def gettext(sentence: str, **values: object) -> str:
    """The sentence in the language spoken now, with `%(name)s` filled in."""
    said = _catalogue(language()).ugettext(sentence)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The sentence for this number, which may be shown as `%(num)s`."""
    return _catalogue(language()).ungettext(one, many, num) % {"num": _grouped(num), **values}


def _grouped(num: int) -> object:
    return num if -1000 < num < 1000 else number(num)


@pass_eval_context
def _in_template(page: EvalContext, sentence: str, **values: object) -> str:
    """As Jinja's own, but a sentence without values is looked up and filled in once: a page has a hundred."""
    if not page.autoescape:
        return _catalogue(language()).ugettext(sentence) % values
    return _said(sentence, language()) % values if values else _whole(sentence, language())


@pass_eval_context
def _number_in_template(page: EvalContext, one: str, many: str, num: int, **values: object) -> str:
    if page.autoescape and not values:
        return _number_said(one, many, num, language())
    said = _catalogue(language()).ungettext(one, many, num)
    return (Markup(said) if page.autoescape else said) % {"num": _grouped(num), **values}  # noqa: S704 (ours)


@lru_cache(maxsize=4096)
def _number_said(one: str, many: str, num: int, spoken: str) -> Markup:
    return Markup(_catalogue(spoken).ungettext(one, many, num)) % {"num": _grouped(num)}  # noqa: S704 (ours)


@lru_cache(maxsize=4096)
def _said(sentence: str, spoken: str) -> Markup:
    return Markup(_catalogue(spoken).ugettext(sentence))  # noqa: S704 (a sentence of ours)


@lru_cache(maxsize=4096)
def _whole(sentence: str, spoken: str) -> Markup:
    return _said(sentence, spoken) % {}


@cache
def _catalogue(spoken: str) -> NullTranslations:
    """Read once. Flask-Babel looks it up by a name that it writes out anew for each of a page's hundred sentences."""
    return Translations.load(str(TRANSLATIONS), [spoken])


def words_of_forms() -> NullTranslations:
    """What WTForms itself says. Flask-WTF would read the file anew for each form."""
    return _words_of_forms(language())


@cache
def _words_of_forms(spoken: str) -> NullTranslations:
    return Translations.load(messages_path(), [spoken], domain="wtforms")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything inside is said in this language: for mails, which are read by somebody else."""
    known = language if language in offered() else "de"
    token = _spoken.set(known)
    try:
        with flask_babel.force_locale(known):
            yield
    finally:
        _spoken.reset(token)


def moment(value: datetime) -> str:
    """`Sa., 27. Juni 2026, 18:00 Uhr` in the city's time."""
    if language() == "de":
        return _formatted(value, "EEE, d. MMMM y, HH:mm", "de", city_zone()) + " Uhr"
    return _formatted(value, "EEE d MMMM y, HH:mm", language(), city_zone())


def moment_in(zone: str, value: datetime) -> str:
    """As a clock in this zone shows it."""
    return _formatted(value, "EEE, d. MMMM y, HH:mm" if language() == "de" else "EEE d MMMM y, HH:mm", language(), zone)


@lru_cache(maxsize=4096)
def _formatted(value: datetime, form: str, spoken: str, zone: str) -> str:
    """The dates of a phase stand on every page of a call; writing one out takes as long as a query."""
    return format_datetime(value, form, get_timezone(zone), spoken)


def exact_moment(value: datetime) -> str:
    """With seconds and zone, for receipts."""
    if language() == "de":
        return flask_babel.format_datetime(value, "d. MMMM y, HH:mm:ss 'Uhr' (z)")
    zone = value.astimezone(ZoneInfo(city_zone())).tzname()  # CLDR has no short English name for most zones
    return f"{flask_babel.format_datetime(value, 'd MMMM y, HH:mm:ss')} ({zone})"


def hour(value: datetime) -> str:
    """`18:00 Uhr` in the city's time."""
    return _formatted(value, "HH:mm", language(), city_zone()) + (" Uhr" if language() == "de" else "")


def period(begin: datetime, end: datetime) -> str:
    """`Sa., 27. Juni 2026, 18:00 bis 20:00 Uhr`; with both days where it goes past midnight or over several days."""
    first, last = moment(begin), hour(end)
    if in_city_time(begin).date() != in_city_time(end).date():
        last = moment(end)
    elif language() == "de":
        first = first.removesuffix(" Uhr")
    return gettext("%(begin)s to %(end)s", begin=first, end=last)


def hours(begin: datetime, end: datetime) -> str:
    """`18:00 bis 20:00 Uhr` where the day is known; both days where it goes past midnight."""
    if in_city_time(begin).date() != in_city_time(end).date():
        return period(begin, end)
    return gettext("%(begin)s to %(end)s", begin=hour(begin).removesuffix(" Uhr"), end=hour(end))


def weekday(value: datetime | date, *, short: bool = False) -> str:
    """`Samstag, 27. Juni`, or `Sa., 27. Juni`: a day of the city."""
    form = "EEEE, d. MMMM" if language() == "de" else "EEEE d MMMM"
    form = form.replace("EEEE", "EEE") if short else form
    if isinstance(value, datetime):
        value = in_city_time(value).date()
    return flask_babel.format_date(value, form)


def day(value: datetime | date) -> str:
    """`27. Juni 2026`: the day it is in the city, or the day itself."""
    form = "d. MMMM y" if language() == "de" else "d MMMM y"
    if isinstance(value, datetime):
        return _formatted(value, form, language(), city_zone())
    return flask_babel.format_date(value, form)


def span(value: timedelta) -> str:
    """`2 Stunden`: the largest unit that fits, in the language of the page."""
    return flask_babel.format_timedelta(value, threshold=1)


def since(value: datetime) -> str:
    """`vor 2 Stunden`."""
    seconds = round((value - now()).total_seconds())
    if abs(seconds) > MINUTES_COUNT:
        seconds -= seconds % 60
    return _ago(seconds, language())


@lru_cache(maxsize=4096)
def _ago(seconds: int, spoken: str) -> str:
    """A page with fifty comments says fifty such times."""
    return format_timedelta(
        timedelta(seconds=seconds), granularity="minute", add_direction=True, threshold=0.99, locale=spoken
    )  # fmt: skip


def number(value: float, digits: int | None = None) -> str:
    """A number as people write it here; with `digits`, exactly so many after the comma."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return _written(value, pattern, language())


@lru_cache(maxsize=4096)
def _written(value: float, pattern: str | None, spoken: str) -> str:
    return format_decimal(value, format=pattern, locale=spoken)


def machine_time(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


def server_time() -> str:
    """What a countdown starts from, whatever the device believes."""
    return now().isoformat(timespec="milliseconds")


def in_city_time(value: datetime) -> datetime:
    return value.astimezone(ZoneInfo(city_zone()))


def register_i18n(app: Flask) -> None:
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    babel.init_app(app, locale_selector=_language_of_request, timezone_selector=city_zone)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.before_request(_speak_language_of_request)
    app.teardown_request(_speak_as_before)
    app.jinja_env.globals.update(gettext=_in_template, _=_in_template, ngettext=_number_in_template)
    app.jinja_env.globals["server_time"] = server_time
    app.jinja_env.filters.update(
        moment=moment, exact_moment=exact_moment, day=day, hour=hour, span=span, since=since, number=number,
        machine_time=machine_time, period=period, hours=hours, weekday=weekday,
    )  # fmt: skip

    @app.context_processor
    def languages() -> dict[str, Any]:
        return {"language": language(), "languages": offered(), "other_language_path": other_language_path}


def other_language_path() -> str:
    """This page in the other language."""
    path = quote(request.path)
    if request.query_string:
        path += "?" + quote(request.query_string, safe="=&%+,;:@/?!$'()*~")
    if request.method != "GET":
        path = "/"
    return path if language() == "en" else f"/en{path}"


def city_zone() -> str:
    return city().city_zone
