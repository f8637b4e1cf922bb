from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ideenlab.archives.maths import months_later

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        ("2026-08-31T18:00", 6, "2027-02-28T18:00"),
        ("2026-06-27T18:00", 6, "2026-12-27T18:00"),  # the clock is changed in between
        ("2026-12-31T23:30", 12, "2027-12-31T23:30"),
        ("2028-02-29T12:00", 12, "2029-02-28T12:00"),
    ],
)
def test_months_are_counted_on_the_clock_of_the_city(begin, months, end):
    moment = datetime.fromisoformat(begin).replace(tzinfo=BERLIN).astimezone(ZoneInfo("UTC"))
    assert months_later(moment, months, zone=BERLIN).astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M") == end
