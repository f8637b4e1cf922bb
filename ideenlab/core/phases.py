"""Windows in time: a thing has `<phase>_from` and `<phase>_until`, and the clock decides.

The beginning belongs to the window, the end does not: what ends at 18:00 is closed at 18:00:00.
"""

from datetime import datetime
from typing import Any

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no


def window(thing: Any, phase: str) -> tuple[datetime | None, datetime | None]:
    return getattr(thing, f"{phase}_from"), getattr(thing, f"{phase}_until")


def is_open(thing: Any, phase: str, now: datetime) -> bool:
    begin, end = window(thing, phase)
    return begin is not None and begin <= now and (end is None or now < end)


def is_over(thing: Any, phase: str, now: datetime) -> bool:
    _begin, end = window(thing, phase)
    return end is not None and end <= now


def open_or_why_not(thing: Any, phase: str, now: datetime) -> Verdict:
    """Yes while the window is open, else the sentence with its dates."""
    begin, end = window(thing, phase)
    if begin is None:
        return no(_("This is not planned here."))
    if now < begin:
        return no(_("This opens on %(moment)s.", moment=moment(begin)))
    if end is not None and now >= end:
        return no(_("This closed on %(moment)s.", moment=moment(end)))
    return YES
