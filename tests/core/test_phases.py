from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from ideenlab.core.phases import is_open, is_over, open_or_why_not

BEGIN = datetime(2027, 6, 21, 8, 0, tzinfo=UTC)
END = datetime(2027, 6, 25, 16, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CALL = SimpleNamespace(collect_from=BEGIN, collect_until=END)
EVER = SimpleNamespace(collect_from=BEGIN, collect_until=None)
NEVER = SimpleNamespace(collect_from=None, collect_until=None)

TABLE = [
    (CALL, BEGIN - SECOND, False, "Das beginnt am Mo., 21. Juni 2027, 10:00 Uhr."),
    (CALL, BEGIN, True, ""),
    (CALL, END - SECOND, True, ""),
    (CALL, END, False, "Das endete am Fr., 25. Juni 2027, 18:00 Uhr."),
    (EVER, END + 900 * timedelta(days=1), True, ""),
    (NEVER, BEGIN, False, "Das ist hier nicht vorgesehen."),
]


@pytest.mark.parametrize(("thing", "at", "expected", "reason"), TABLE)
def test_the_beginning_belongs_to_the_window_and_the_end_does_not(app, thing, at, expected, reason):
    verdict = open_or_why_not(thing, "collect", at)
    assert (is_open(thing, "collect", at), bool(verdict), verdict.reason) == (expected, expected, reason)


def test_over_is_only_what_had_an_end(app):
    assert (is_over(CALL, "collect", END), is_over(CALL, "collect", END - SECOND), is_over(EVER, "collect", END)) == (
        True, False, False,
    )  # fmt: skip
