"""What we write is read by the icalendar library, as a calendar program would."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from ideenlab.core.calendars import Entry, write_calendar

BERLIN = ZoneInfo("Europe/Berlin")
LONG = "Bürger, Labor; Straße \\ „mit“\nzweiter Zeile 🚲 " * 6


def an_entry(begin, hours=2, **values):
    given = {"uid": "event-1@example.org", "title": "Werkstatt", "changed_at": datetime(2027, 1, 1, tzinfo=UTC)}
    return Entry(begins_at=begin, ends_at=begin + timedelta(hours=hours), **{**given, **values})


def events_in(book):
    return Calendar.from_ical(book).walk("VEVENT")


def offsets_of(book):
    """The offsets of the zone as the calendar itself describes them, without what the reader knows of Berlin."""
    (rules,) = Calendar.from_ical(book).walk("VTIMEZONE")
    return rules.to_tz(lookup_tzid=False)


def test_hours_are_right_on_both_sides_of_the_clock_change():
    """The clock goes back on 31 October 2027: 18:00 is 16:00 UTC on Saturday and 17:00 UTC on Sunday."""
    saturday, sunday = (datetime(2027, 10, day, 18, tzinfo=BERLIN) for day in (30, 31))
    book = write_calendar([an_entry(saturday), an_entry(sunday, uid="event-2")], name="Woche", zone="Europe/Berlin")
    first, second = events_in(book)
    assert [event.start.astimezone(UTC).hour for event in (first, second)] == [16, 17]
    assert b"DTSTART;TZID=Europe/Berlin:20271030T180000" in book
    zone = offsets_of(book)
    assert [
        datetime(2027, month, day, 18, tzinfo=zone).utcoffset() / timedelta(hours=1)
        for month, day in ((2, 1), (7, 1), (10, 30), (10, 31), (12, 1))
    ] == [1, 2, 2, 1, 1]
    assert len(book) < 3_000


def test_texts_come_back_as_they_were_and_lines_are_folded():
    book = write_calendar([an_entry(datetime(2027, 7, 1, tzinfo=UTC), title=LONG, text=LONG, place="Markt 1, Saal; 2")],
                          name="A, B; C", zone="Europe/Berlin")  # fmt: skip
    (event,) = events_in(book)
    assert (event["summary"], event["description"], event["location"]) == (LONG, LONG, "Markt 1, Saal; 2")
    assert all(len(line) <= 75 for line in book.split(b"\r\n"))
    assert b"\n" not in book.replace(b"\r\n", b"")


def test_days_states_and_versions():
    week = an_entry(
        datetime(2027, 9, 13, 10, tzinfo=BERLIN), hours=4 * 24 + 8, whole_days=True, sequence=3, status="CANCELLED",
        url="https://example.org/veranstaltung/1", kinds=("Kultur",),
    )  # fmt: skip
    book = write_calendar([week], name="Woche", zone="Europe/Berlin")
    (event,) = events_in(book)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 9, 13), date(2027, 9, 18))
    assert (event["status"], event["sequence"], event["transp"]) == ("CANCELLED", 3, "TRANSPARENT")
    assert event["last-modified"].dt == event["dtstamp"].dt == datetime(2027, 1, 1, tzinfo=UTC)
    assert (event["uid"], event["url"]) == ("event-1@example.org", "https://example.org/veranstaltung/1")
    assert book == write_calendar([week], name="Woche", zone="Europe/Berlin")
    assert b"VTIMEZONE" not in book


def test_an_empty_calendar_is_one():
    assert Calendar.from_ical(write_calendar([], name="Leer", zone="Europe/Berlin"))["x-wr-calname"] == "Leer"
