from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from ideenlab.attendance.queries import plain_code
from ideenlab.attendance.rules import may_accept_offer, may_check_in, offer_ends_at
from tests.factories import a_hackathon, a_registration

NOW = datetime(2027, 6, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_an_offer_is_kept_for_the_chosen_hours_but_not_past_the_beginning():
    table = [
        (24, 72 * HOUR, 24 * HOUR), (24, 5 * HOUR, 5 * HOUR), (24, timedelta(minutes=10), HOUR),
        (24, -3 * HOUR, HOUR), (1, 72 * HOUR, HOUR),
    ]  # fmt: skip
    for hours, until_start, kept in table:
        starts = NOW + until_start
        holder = SimpleNamespace(offer_hours=hours, starts_at=starts, ends_at=starts + 48 * HOUR)
        assert offer_ends_at(holder, NOW) - NOW == kept
    ending = SimpleNamespace(offer_hours=24, starts_at=NOW - 47 * HOUR, ends_at=NOW + timedelta(minutes=20))
    assert offer_ends_at(ending, NOW) == ending.ends_at


def test_an_offer_is_taken_until_its_last_moment(app):
    tick = timedelta(microseconds=1)
    row = SimpleNamespace(state="offered", offered_until=NOW)
    assert may_accept_offer(row, NOW - tick)
    assert not may_accept_offer(row, NOW)
    for state in ("requested", "waiting", "registered", "cancelled", "refused"):
        assert not may_accept_offer(SimpleNamespace(state=state, offered_until=NOW), NOW - tick)


def test_only_a_confirmed_place_opens_the_door(app):
    registration = a_registration(a_hackathon())
    assert may_check_in(registration)
    said = set()
    for state in ("requested", "waiting", "offered", "cancelled", "refused"):
        said.add(may_check_in(SimpleNamespace(state=state)).reason)
    assert len(said) == 5
    assert "" not in said


def test_a_code_is_read_however_it_was_typed_or_scanned():
    table = [
        ("ABCDE23456", "ABCDE23456"), (" abcde 23456 ", "ABCDE23456"), ("ABCDE-23456", "ABCDE23456"),
        ("http://localhost/organisation/hackathons/x/einlass?code=ABCDE23456", "ABCDE23456"),
        ("http://localhost/organisation/hackathons/x/einlass#code=ABCDE23456", "ABCDE23456"),
        ("http://localhost/en/t/abcde23456", "ABCDE23456"), ("", ""), ("\u00e4\u2460", ""), ("A" * 300, "A" * 16),
    ]  # fmt: skip
    for typed, code in table:
        assert plain_code(typed) == code
