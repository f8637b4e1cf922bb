from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ideenlab.notifications.maths import next_digest

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("moment", "weekly", "due"),
    [
        ("2027-06-23T04:59:59", False, "2027-06-23T05:00:00"),  # a Wednesday, in summer time
        ("2027-06-23T05:00:00", False, "2027-06-24T05:00:00"),
        ("2027-06-23T05:00:00", True, "2027-06-28T05:00:00"),
        ("2027-03-27T12:00:00", False, "2027-03-28T05:00:00"),  # the clock is set forward that night
        ("2027-10-30T12:00:00", False, "2027-10-31T06:00:00"),  # and back that night
        ("2027-12-31T12:00:00", True, "2028-01-03T06:00:00"),
    ],
)
def test_digests_leave_at_seven_in_the_city(moment, weekly, due):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert next_digest(at, zone=BERLIN, weekly=weekly) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@given(
    some.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=some.just(UTC)),
    some.booleans(),
    some.sampled_from(["Europe/Berlin", "UTC", "America/Sao_Paulo", "Pacific/Apia"]),
)
def test_the_next_digest_is_later_and_never_more_than_one_round_away(moment, weekly, name):
    zone = ZoneInfo(name)
    due = next_digest(moment, zone=zone, weekly=weekly)
    assert moment < due <= moment + timedelta(days=7 if weekly else 1, hours=25)
    assert due.astimezone(zone).hour == 7
    assert not weekly or due.astimezone(zone).weekday() == 0
