"""Forms for people without an account: robots are told apart without a puzzle, and people lose nothing."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from ideenlab.core.clock import now
from ideenlab.core.forms import Line, Required, UnhurriedForm, write_opening

FAST = "Das war schneller, als Menschen tippen. Bitte senden Sie das Formular gleich noch einmal."
ROBOT = "Ein Feld war ausgefüllt, das leer bleiben muss. Bitte senden Sie das Formular noch einmal."


class Letter(UnhurriedForm):
    text = Line("Text", validators=[Required()])


def sent(app, **values):
    """The form as it comes back: whether it is taken, what it says, and what it holds for the next try."""
    with app.test_request_context(method="POST"):
        form = Letter(MultiDict(values), meta={"csrf": False})
        return form.validate(), form.form_errors, {field.name: field.data for field in form}


def opened(app, **ago):
    with app.app_context():
        return write_opening(now() - timedelta(**ago))


@pytest.mark.parametrize("ago", [{"seconds": 4}, {"minutes": 50}, {"hours": 23}])
def test_people_need_some_seconds(app, ago):
    assert sent(app, text="Guten Tag", opened=opened(app, **ago))[:2] == (True, [])


@pytest.mark.parametrize("ago", [{"seconds": 0}, {"seconds": 1}, {"seconds": -9}])
def test_who_is_faster_is_asked_once_more_and_keeps_text_and_time(app, ago):
    token = opened(app, **ago)
    taken, said, kept = sent(app, text="Guten Tag", opened=token)
    assert (taken, said) == (False, [FAST])
    assert (kept["text"], kept["opened"]) == ("Guten Tag", token), "waiting is enough: the next try is taken"


@pytest.mark.parametrize("token", ["", "1", "x.y", "9" * 5000, None])
def test_a_time_that_is_missing_or_made_up_gets_a_fresh_one(app, token):
    taken, said, kept = sent(app, text="Guten Tag", **({} if token is None else {"opened": token}))
    assert (taken, said) == (False, [FAST])
    assert kept["opened"] not in ("", token)


def test_a_page_left_open_for_days_is_sent_on_the_second_try(app):
    old = opened(app, hours=25)
    taken, _said, kept = sent(app, text="Guten Tag", opened=old)
    assert not taken
    assert kept["opened"] != old


def test_the_hidden_field_must_stay_empty_and_is_emptied_for_the_next_try(app):
    token = opened(app, minutes=1)
    taken, said, kept = sent(app, text="Guten Tag", website="https://example.org", opened=token)
    assert (taken, said) == (False, [ROBOT])
    assert (kept["text"], kept["website"]) == ("Guten Tag", "")
    assert sent(app, **kept)[0]


def test_an_error_at_a_field_is_said_alone(app):
    with app.test_request_context(method="POST"):
        form = Letter(MultiDict({"text": "", "opened": ""}), meta={"csrf": False})
        assert not form.validate()
        assert form.errors == {"text": ["Bitte füllen Sie dieses Feld aus."]}
