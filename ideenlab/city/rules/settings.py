"""Which settings stand together on a page, and what each of them may be."""

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import available_timezones

from ideenlab.city.maths import LIGHT_PAGES, READABLE, lowest_contrast, nearest_that_passes, read_colour
from ideenlab.city.rules.laender import LAENDER
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import LANGUAGES, in_city_time
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number as written
from ideenlab.core.moments import read_day
from ideenlab.core.text import clean_line, clean_text, normalise_email
from ideenlab.core.weblinks import clean_link

GROUPS = {
    "allgemein": ("city_name", "city_claim", "city_languages", "bundesland", "city_zone", "map_source"),
    "aussehen": ("city_accent",),
    "kontakt": (
        "city_address", "city_phone", "city_email", "city_head", "editor_name", "protection_officer",
        "protection_authority",
    ),
    "fristen": ("hours_for_illegal", "hours_for_reports", "days_for_barriers", "days_for_hackathon_data"),
    "barrierefreiheit": (
        "conformance", "conformance_method", "statement_made_on", "statement_checked_on", "sign_video_url",
        "land_statute", "land_enforcement", "land_checked_on",
    ),
}  # fmt: skip
LONGEST = {"city_name": 60, "city_claim": 120, "map_source": 200, "city_phone": 60, "sign_video_url": 300}
LONGEST_TEXT = 500
OF_LAND = ("land_statute", "land_enforcement", "land_checked_on")  # with another Land they begin again
NUMBERS = {
    "hours_for_illegal": (1, 720), "hours_for_reports": (1, 720), "days_for_barriers": (0, 90),
    "days_for_hackathon_data": (1, 3650),
}  # fmt: skip
CONFORMANCE, METHODS = ("", "full", "partly", "not"), ("", "self", "external")
STATEMENT_LASTS = timedelta(days=365)


def group_names() -> dict[str, str]:
    return {
        "allgemein": _("The city"), "aussehen": _("Colour"), "kontakt": _("Contact and imprint"),
        "fristen": _("Periods"), "barrierefreiheit": _("Accessibility statement"),
    }  # fmt: skip


def checked(name: str, given: object) -> str:
    """The value as it is kept, as text. Raises Invalid, at its field."""
    value = clean_text("" if given is None else str(given))
    if name in NUMBERS:
        return _number(name, value)
    check = CHECKS.get(name)
    if check is None:
        value = value if name in ("city_address", "protection_officer", "protection_authority") else clean_line(value)
    elif value:
        value = check(name, value)
    most = LONGEST.get(name, LONGEST_TEXT)
    if len(value) > most:
        raise Invalid(_("At most %(most)s characters, please.", most=most), field=name)
    if name == "city_name" and len(value) < 2:
        raise Invalid(_("The city needs a name."), field=name)
    return value


def _number(name: str, value: str) -> str:
    least, most = NUMBERS[name]
    if not re.fullmatch("[0-9]{1,6}", value) or not least <= int(value) <= most:
        sentence = _("Please give a whole number from %(least)s to %(most)s.", least=least, most=most)
        raise Invalid(sentence, field=name)
    return str(int(value))


def _colour(name: str, value: str) -> str:
    colour = read_colour(value)
    if colour is None:
        raise Invalid(_("Please give a colour like this: #00695c."), field=name)
    ratio = lowest_contrast(colour, LIGHT_PAGES)
    if ratio < READABLE:
        near = nearest_that_passes(colour, LIGHT_PAGES, "#000000")
        raise Invalid(
            _("This colour is too pale for links and buttons: its contrast on the light page is %(ratio)s to 1, and it"
              " needs 4.5 to 1. The nearest shade that passes is %(near)s.",
              ratio=written(int(ratio * 100) / 100, 2), near=near), field=name,
        )  # fmt: skip
    return colour


def _one_of(*allowed: str) -> Callable[[str, str], str]:
    def check(name: str, value: str) -> str:
        if value not in allowed:
            raise Invalid(_("Please choose one of the list."), field=name)
        return value

    return check


def _zone(name: str, value: str) -> str:
    if value not in available_timezones():
        raise Invalid(_("There is no such time zone. Cities in Germany use Europe/Berlin."), field=name)
    return value


def _languages(_name: str, value: str) -> str:
    return " ".join(code for code in LANGUAGES if code == "de" or code in value.split())


def _email(name: str, value: str) -> str:
    address = normalise_email(value)
    if address is None:
        raise Invalid(_("Please enter one e-mail address, such as name@example.org."), field=name)
    return address


def _past_day(name: str, value: str) -> str:
    try:
        day = read_day(value)
    except ValueError as problem:
        raise Invalid(str(problem), field=name) from problem
    if day > in_city_time(now()).date():
        raise Invalid(_("This day is still to come."), field=name)
    return day.isoformat()


def _address(name: str, value: str) -> str:
    address = clean_link(clean_line(value))
    if not address.startswith("https://"):
        raise Invalid(_("Please give an address that begins with https://."), field=name)
    return address


CHECKS: dict[str, Callable[[str, str], str]] = {
    "city_accent": _colour, "city_zone": _zone, "city_languages": _languages, "city_email": _email,
    "bundesland": _one_of(*LAENDER), "conformance": _one_of(*CONFORMANCE), "conformance_method": _one_of(*METHODS),
    "statement_made_on": _past_day, "statement_checked_on": _past_day, "sign_video_url": _address,
    "land_checked_on": _past_day,
}  # fmt: skip
