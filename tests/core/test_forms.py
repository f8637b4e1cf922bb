"""Dates and times as organisers type them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from ideenlab.core.forms import After, CityTime, Day, Form, Required, read_city_time, read_day

FORWARD = "Die Uhr wird in dieser Nacht vorgestellt: Diese Uhrzeit gibt es nicht. Die nächste ist 03:00."
BACK = (
    "Die Uhr wird in dieser Nacht zurückgestellt: Diese Uhrzeit gibt es zweimal. "
    "Bitte wählen Sie eine vor oder nach dieser Stunde."
)
BERLIN = ZoneInfo("Europe/Berlin")


class Window(Form):
    begin = CityTime("Begin", validators=[Required()])
    end = CityTime("End", validators=[After("begin")])
    day = Day("Day")


def filled(app: Flask, **values: str) -> Window:
    with app.test_request_context(method="POST"):
        form = Window(MultiDict(values), meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-06-27T18:00", datetime(2027, 6, 27, 16, tzinfo=UTC)),
        ("2027-06-27 18:00:00", datetime(2027, 6, 27, 16, tzinfo=UTC)),
        ("27.06.2027 18:00", datetime(2027, 6, 27, 16, tzinfo=UTC)),
        ("27.6.2027, 18:00 Uhr", datetime(2027, 6, 27, 16, tzinfo=UTC)),
        ("2027-01-01T00:00", datetime(2026, 12, 31, 23, tzinfo=UTC)),
        ("2027-01-01T00:00Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("2027-01-01T00:00+14:00", datetime(2026, 12, 31, 10, tzinfo=UTC)),
        ("2027-03-28T01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2027-10-31T01:59", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        ("2027-10-31T03:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
        ("2027-10-31T02:30+01:00", datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_time_of_the_city_becomes_utc(app, text, moment):
    assert read_city_time(text, BERLIN) == moment


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2027-03-28T02:30", FORWARD),
        ("2027-10-31T02:30", BACK),
        ("2027-02-29T12:00", "Diesen Tag gibt es nicht."),
        ("31.04.2027 12:00", "Diesen Tag gibt es nicht."),
        ("2027-13-01T12:00", "Diesen Tag gibt es nicht."),
        ("2027-01-01T24:00", "Diese Uhrzeit gibt es nicht. Der Tag geht von 00:00 bis 23:59."),
        ("2027-01-01T12:60", "Diese Uhrzeit gibt es nicht. Der Tag geht von 00:00 bis 23:59."),
        ("0001-01-01T00:00", "Das Jahr muss von 2000 bis 2100 sein."),
        ("9999-12-31T23:59", "Das Jahr muss von 2000 bis 2100 sein."),
        ("10000-01-01T00:00", "Das Jahr muss von 2000 bis 2100 sein."),
        ("-2027-01-01T00:00", "Bitte geben Sie das Datum so an: 27.06.2027."),
        ("morgen", "Bitte geben Sie Datum und Uhrzeit so an: 27.06.2027 18:00."),
        ("2027-01-01", "Bitte geben Sie Datum und Uhrzeit so an: 27.06.2027 18:00."),
        ("2027-01-01T12:00+99:00", "Bitte geben Sie Datum und Uhrzeit so an: 27.06.2027 18:00."),
        ("２０２７-01-01T12:00", "Bitte geben Sie das Datum so an: 27.06.2027."),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_is_refused_with_a_sentence(app, text, says):
    form = filled(app, begin=text)
    assert form.begin.errors == [says]
    with app.test_request_context():
        assert f'value="{text}"' in str(form.begin())


def test_a_missing_time_is_asked_for(app):
    assert filled(app).begin.errors == ["Bitte füllen Sie dieses Feld aus."]


@pytest.mark.parametrize(
    ("end", "errors"),
    [
        ("2027-06-27T18:01", []),
        ("2027-06-27T18:00", ["Das Ende muss nach dem Beginn liegen."]),
        ("2027-06-26T18:00", ["Das Ende muss nach dem Beginn liegen."]),
        ("", []),
    ],
)
def test_the_end_comes_after_the_beginning(app, end, errors):
    assert list(filled(app, begin="2027-06-27T18:00", end=end).end.errors) == errors


def test_an_end_needs_a_beginning(app):
    assert filled(app, end="2027-06-27T18:00").end.errors == ["Es gibt ein Ende, aber keinen Beginn."]


def test_a_stored_time_is_shown_in_the_city(app):
    with app.test_request_context():
        form = Window(begin=datetime(2027, 6, 27, 16, tzinfo=UTC), day=date(2027, 6, 27), meta={"csrf": False})
        assert 'value="2027-06-27T18:00"' in str(form.begin())
        assert 'value="2027-06-27"' in str(form.day())


def test_a_day_may_be_typed_in_german(app):
    assert read_day("27.06.2027") == date(2027, 6, 27)
