"""Months in the calendar of a city."""

from calendar import monthrange
from datetime import datetime
from zoneinfo import ZoneInfo


def months_later(moment: datetime, months: int, *, zone: ZoneInfo) -> datetime:
    """The same day and hour on the clock of the city; where a month is too short, its last day."""
    here = moment.astimezone(zone)
    year, month = divmod(here.year * 12 + here.month - 1 + months, 12)
    day = min(here.day, monthrange(year, month + 1)[1])
    return here.replace(year=year, month=month + 1, day=day).astimezone(moment.tzinfo)
