"""Days and hours as people type them, in the city's time."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ideenlab.core.i18n import gettext as _

YEARS = range(2000, 2101)
DAY = re.compile(
    r"(?P<y>[0-9]{4,6})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})|(?P<D>[0-9]{1,2})\.(?P<M>[0-9]{1,2})\.(?P<Y>[0-9]{4,6})"
)
TIME = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(:[0-9]{2}(\.[0-9]+)?)?(?P<zone>Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?"
)


def read_day(text: str) -> date:
    """Raises ValueError with the sentence for the person who typed it."""
    match = DAY.fullmatch(text)
    if not match:
        raise ValueError(_("Please give the date like this: 27.06.2027."))
    year, month, day = (int(match[iso] or match[german]) for iso, german in ("yY", "mM", "dD"))
    if year not in YEARS:
        raise ValueError(_("The year must be from %(first)s to %(last)s.", first=YEARS[0], last=YEARS[-1]))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("This day does not exist.")) from None


def read_city_time(text: str, zone: ZoneInfo) -> datetime:
    """A local time, or one with its own offset, in UTC. Raises ValueError with the sentence for the person.

    A time that the clock skips in spring or shows twice in autumn is not guessed but asked for again.
    """
    day, _sign, clock = text.replace(",", " ").replace("T", " ").partition(" ")
    match = TIME.fullmatch(clock.removesuffix("Uhr").strip())
    if not match:
        raise ValueError(_("Please give date and time like this: 27.06.2027 18:00."))
    hour, minute = int(match["hour"]), int(match["minute"])
    found = read_day(day)
    if hour > 23 or minute > 59:
        raise ValueError(_("This time does not exist. The day goes from 00:00 to 23:59."))
    if match["zone"]:
        whole = f"{found.isoformat()}T{hour:02}:{minute:02}{match['zone'].replace('Z', '+00:00')}"
        return datetime.fromisoformat(whole).astimezone(UTC)
    return _of_the_city(datetime(found.year, found.month, found.day, hour, minute, tzinfo=zone), zone)


def _of_the_city(local: datetime, zone: ZoneInfo) -> datetime:
    """`local` in UTC, unless the clock change makes it no time or two."""
    moment = local.astimezone(UTC)
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first == second or first is None or second is None:
        return moment
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        jump = (moment - timedelta(minutes=local.minute)).astimezone(zone)
        raise ValueError(
            _("The clock is set forward that night: this time does not exist. The next one is %(time)s.",
              time=jump.strftime("%H:%M"))
        )  # fmt: skip
    raise ValueError(
        _("The clock is set back that night: this time comes twice. Please choose one before or after that hour.")
    )
